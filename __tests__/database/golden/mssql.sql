-- mssql: {"asciiOnly":false,"maxRows":290,"sweepRows":1000}

-- shape: plain

-- columns
SELECT name
FROM sys.columns
WHERE object_id = OBJECT_ID(@p0)
-- bindings: ["[Sessions]"] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)
-- bindings: []

-- ensureIndexes
-- sends nothing

-- drop
IF OBJECT_ID(@p0, N'U') IS NOT NULL
DROP TABLE [Sessions]
-- bindings: ["[Sessions]"]

-- isNarrow
-- sends nothing
-- resolves with false; with one row, false

-- widen
-- sends nothing

-- plan

CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)

-- size
SELECT SUM(used_page_count) * 8192 AS size
FROM sys.dm_db_partition_stats
WHERE object_id = OBJECT_ID(@p0)
-- bindings: ["[Sessions]"] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 1 row
SELECT [id], [data], [expires]
FROM [Sessions]
WHERE [id] IN (@p0)
  AND ABS([expires]) > @p1
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT [id], [data], [expires]
FROM [Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND ABS([expires]) > @p3
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2)) AS source (id, data, expires)
ON target.[id] = @p3
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires])
VALUES (source.id, source.data, source.expires);
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2)) AS source (id, data, expires)
ON target.[id] = @p3
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires])
VALUES (source.id, source.data, source.expires);
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p4, @p5, @p6)) AS source (id, data, expires)
ON target.[id] = @p7
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires])
VALUES (source.id, source.data, source.expires);
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p8, @p9, @p10)) AS source (id, data, expires)
ON target.[id] = @p11
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires])
VALUES (source.id, source.data, source.expires);
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-1","key-2","{\"n\":2}",1700000102,"key-2","key-3","{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)

-- update, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND [expires] > @p4;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND [expires] > @p4;
UPDATE [Sessions] SET
  [data] = @p5,
  [expires] = @p6
WHERE [id] = @p7
  AND [id] COLLATE Latin1_General_BIN2 = @p8
  AND [expires] > @p9;
UPDATE [Sessions] SET
  [data] = @p10,
  [expires] = @p11
WHERE [id] = @p12
  AND [id] COLLATE Latin1_General_BIN2 = @p13
  AND [expires] > @p14;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1",1700000000,"{\"n\":2}",1700000102,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires])
OUTPUT inserted.[id]
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p5;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires])
OUTPUT inserted.[id]
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p5;
UPDATE [Sessions] SET
  [data] = @p6,
  [expires] = COALESCE(@p7, [expires])
OUTPUT inserted.[id]
WHERE [id] = @p8
  AND [id] COLLATE Latin1_General_BIN2 = @p9
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p10 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p11;
UPDATE [Sessions] SET
  [data] = @p12,
  [expires] = COALESCE(@p13, [expires])
OUTPUT inserted.[id]
WHERE [id] = @p14
  AND [id] COLLATE Latin1_General_BIN2 = @p15
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p16 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p17;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE [Sessions] SET
  [expires] = @p0
WHERE [id] IN (@p1)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p2)
  AND [expires] > @p3
-- bindings: [1700000200,"key-1","key-1",1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE [Sessions] SET
  [expires] = @p0
WHERE [id] IN (@p1, @p2, @p3)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p4, @p5, @p6)
  AND [expires] > @p7
-- bindings: [1700000200,"key-1","key-2","key-3","key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 1 row
DELETE FROM [Sessions]
WHERE [id] IN (@p0)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p1)
-- bindings: ["key-1","key-1"] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM [Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p3, @p4, @p5)
-- bindings: ["key-1","key-2","key-3","key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p5;
-- bindings: ["sha256:key-1","sealed 1","key-1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p5;
UPDATE [Sessions] SET
  [id] = @p6,
  [data] = @p7
WHERE [id] = @p8
  AND [id] COLLATE Latin1_General_BIN2 = @p9
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p10 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p11;
UPDATE [Sessions] SET
  [id] = @p12,
  [data] = @p13
WHERE [id] = @p14
  AND [id] COLLATE Latin1_General_BIN2 = @p15
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p16 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p17;
-- bindings: ["sha256:key-1","sealed 1","key-1","key-1","{\"n\":1}",1700000000,"key-2","sealed 2","key-2","key-2","{\"n\":2}",1700000000,"sha256:key-3","sealed 3","key-3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 1 row
DELETE FROM [Sessions]
WHERE [id] IN (@p0)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p1)
  AND [expires] >= 0
-- bindings: ["key-1","key-1"] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- end, 3 rows
DELETE FROM [Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p3, @p4, @p5)
  AND [expires] >= 0
-- bindings: ["key-1","key-2","key-3","key-1","key-2","key-3"] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
SET
  XACT_ABORT ON;
BEGIN TRANSACTION;
IF EXISTS (
  SELECT 1
  FROM [Sessions] WITH (UPDLOCK, HOLDLOCK)
  WHERE [id] = @p0
    AND [id] COLLATE Latin1_General_BIN2 = @p1
    AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p2 AS nvarchar (max)) AS varbinary (max))
    AND [expires] > @p3
) BEGIN DELETE FROM [Sessions]
WHERE [id] = @p4;
UPDATE [Sessions] SET
  [id] = @p5,
  [data] = @p6
WHERE [id] = @p7;
INSERT INTO [Sessions] ([id], [data], [expires])
VALUES (@p8, @p9, @p10);
SELECT [id]
FROM [Sessions]
WHERE [id] = @p11;
END;
COMMIT TRANSACTION;
-- bindings: ["key-1","key-1","{\"n\":1}",1700000000,"sha256:key-1","sha256:key-1","sealed 1","key-1","key-1","1700000000000 sha256:key-1",-1700000060,"key-1"] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [expires] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND [expires] > @p4;
-- bindings: ["claimed key-1",-1700000000,"key-1","key-1",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [expires] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND [expires] > @p4;
UPDATE [Sessions] SET
  [id] = @p5,
  [expires] = @p6
WHERE [id] = @p7
  AND [id] COLLATE Latin1_General_BIN2 = @p8
  AND [expires] > @p9;
UPDATE [Sessions] SET
  [id] = @p10,
  [expires] = @p11
WHERE [id] = @p12
  AND [id] COLLATE Latin1_General_BIN2 = @p13
  AND [expires] > @p14;
-- bindings: ["claimed key-1",-1700000000,"key-1","key-1",1700000000,"claimed key-2",-1700000000,"key-2","key-2",1700000000,"claimed key-3",-1700000000,"key-3","key-3",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] < 0 OR [expires] > @p5);
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1","claimed key-1",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] < 0 OR [expires] > @p5);
UPDATE [Sessions] SET
  [id] = @p6,
  [data] = @p7,
  [expires] = @p8
WHERE [id] = @p9
  AND [id] COLLATE Latin1_General_BIN2 = @p10
  AND ([expires] < 0 OR [expires] > @p11);
UPDATE [Sessions] SET
  [id] = @p12,
  [data] = @p13,
  [expires] = @p14
WHERE [id] = @p15
  AND [id] COLLATE Latin1_General_BIN2 = @p16
  AND ([expires] < 0 OR [expires] > @p17);
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- expired
SELECT TOP (@p0) [id], [expires]
FROM [Sessions] WITH (READPAST)
WHERE [expires] BETWEEN @p1 AND @p2
ORDER BY [expires]
-- bindings: [50,1699999700,1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 1 row
DELETE FROM [Sessions] WITH (READPAST)
OUTPUT deleted.[expires]
WHERE [id] IN (@p0)
  AND NOT ([expires] > @p1)
-- bindings: ["key-1",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM [Sessions] WITH (READPAST)
OUTPUT deleted.[expires]
WHERE [id] IN (@p0, @p1, @p2)
  AND NOT ([expires] > @p3)
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT TOP (@p0) [id], [data], [expires], NULL AS user_id, NULL AS created, NULL AS updated
FROM [Sessions]
WHERE [id] > @p1
  AND [expires] > @p2
ORDER BY [id]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- count
SELECT count_big(*) AS live
FROM [Sessions]
WHERE [expires] > @p0
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count_big(*) AS hashed
FROM [Sessions]
WHERE [id] LIKE @p0
  AND [expires] > @p1
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM [Sessions]
-- bindings: []

-- shape: timestamps

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; select, 1 row; select, 3 rows; remove, 1 row; remove, 3 rows; move, 1 row; move, 3 rows; end, 1 row; end, 3 rows; rotate; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- create
CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [created_at] datetime2 NULL,
  [updated_at] datetime2 NULL,
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)
-- bindings: []

-- addColumns created_at
ALTER TABLE [Sessions] ADD [created_at] datetime2 NULL
-- bindings: []

-- addColumns updated_at
ALTER TABLE [Sessions] ADD [updated_at] datetime2 NULL
-- bindings: []

-- addColumns created_at, updated_at
ALTER TABLE [Sessions] ADD [created_at] datetime2 NULL
-- bindings: []
ALTER TABLE [Sessions] ADD [updated_at] datetime2 NULL
-- bindings: []

-- plan

CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [created_at] datetime2 NULL,
  [updated_at] datetime2 NULL,
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)

-- plan created_at, updated_at

ALTER TABLE [Sessions] ADD [created_at] datetime2 NULL

ALTER TABLE [Sessions] ADD [updated_at] datetime2 NULL

-- upsert, 1 row
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2)) AS source (id, data, expires)
ON target.[id] = @p3
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN target.[expires] > @p4 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2)) AS source (id, data, expires)
ON target.[id] = @p3
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN target.[expires] > @p4 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p5, @p6, @p7)) AS source (id, data, expires)
ON target.[id] = @p8
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN target.[expires] > @p9 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p10, @p11, @p12)) AS source (id, data, expires)
ON target.[id] = @p13
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN target.[expires] > @p14 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-1",1700000000,"key-2","{\"n\":2}",1700000102,"key-2",1700000000,"key-3","{\"n\":3}",1700000103,"key-3",1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND [expires] > @p4;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND [expires] > @p4;
UPDATE [Sessions] SET
  [data] = @p5,
  [expires] = @p6,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p7
  AND [id] COLLATE Latin1_General_BIN2 = @p8
  AND [expires] > @p9;
UPDATE [Sessions] SET
  [data] = @p10,
  [expires] = @p11,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p12
  AND [id] COLLATE Latin1_General_BIN2 = @p13
  AND [expires] > @p14;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1",1700000000,"{\"n\":2}",1700000102,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p5;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p5;
UPDATE [Sessions] SET
  [data] = @p6,
  [expires] = COALESCE(@p7, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p8
  AND [id] COLLATE Latin1_General_BIN2 = @p9
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p10 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p11;
UPDATE [Sessions] SET
  [data] = @p12,
  [expires] = COALESCE(@p13, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p14
  AND [id] COLLATE Latin1_General_BIN2 = @p15
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p16 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p17;
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE [Sessions] SET
  [expires] = @p0,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] IN (@p1)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p2)
  AND [expires] > @p3
-- bindings: [1700000200,"key-1","key-1",1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE [Sessions] SET
  [expires] = @p0,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] IN (@p1, @p2, @p3)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p4, @p5, @p6)
  AND [expires] > @p7
-- bindings: [1700000200,"key-1","key-2","key-3","key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- rename, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] < 0 OR [expires] > @p5);
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1","claimed key-1",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] < 0 OR [expires] > @p5);
UPDATE [Sessions] SET
  [id] = @p6,
  [data] = @p7,
  [expires] = @p8,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p9
  AND [id] COLLATE Latin1_General_BIN2 = @p10
  AND ([expires] < 0 OR [expires] > @p11);
UPDATE [Sessions] SET
  [id] = @p12,
  [data] = @p13,
  [expires] = @p14,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p15
  AND [id] COLLATE Latin1_General_BIN2 = @p16
  AND ([expires] < 0 OR [expires] > @p17);
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- page
SELECT TOP (@p0) [id], [data], [expires], NULL AS user_id, CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [id] > @p1
  AND [expires] > @p2
ORDER BY [id]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- shape: timestamps, users

-- as in shape: plain
--   columns; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; touch, 1 row; touch, 3 rows

-- create
CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [created_at] datetime2 NULL,
  [updated_at] datetime2 NULL,
  [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [Sessions_user_id_index] ([user_id]),
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)
-- bindings: []

-- ensureIndexes
IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID(@p0)
    AND name = @p1
)
CREATE INDEX [Sessions_user_id_index] ON [Sessions] ([user_id])
-- bindings: ["[Sessions]","Sessions_user_id_index"]

-- addColumns user_id
ALTER TABLE [Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL
-- bindings: []

-- addColumns created_at, user_id
ALTER TABLE [Sessions] ADD [created_at] datetime2 NULL
-- bindings: []
ALTER TABLE [Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL
-- bindings: []

-- addColumns updated_at, user_id
ALTER TABLE [Sessions] ADD [updated_at] datetime2 NULL
-- bindings: []
ALTER TABLE [Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE [Sessions] ADD [created_at] datetime2 NULL
-- bindings: []
ALTER TABLE [Sessions] ADD [updated_at] datetime2 NULL
-- bindings: []
ALTER TABLE [Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL
-- bindings: []

-- plan

CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [created_at] datetime2 NULL,
  [updated_at] datetime2 NULL,
  [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [Sessions_user_id_index] ([user_id]),
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[Sessions]')
    AND name = 'Sessions_user_id_index'
)
CREATE INDEX [Sessions_user_id_index] ON [Sessions] ([user_id])

-- plan created_at, updated_at, user_id

ALTER TABLE [Sessions] ADD [created_at] datetime2 NULL

ALTER TABLE [Sessions] ADD [updated_at] datetime2 NULL

ALTER TABLE [Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[Sessions]')
    AND name = 'Sessions_user_id_index'
)
CREATE INDEX [Sessions_user_id_index] ON [Sessions] ([user_id])

-- select, 1 row
SELECT [id], [data], [expires], [user_id]
FROM [Sessions]
WHERE [id] IN (@p0)
  AND ABS([expires]) > @p1
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT [id], [data], [expires], [user_id]
FROM [Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND ABS([expires]) > @p3
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[id] = @p4
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN target.[expires] > @p5 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[id] = @p4
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN target.[expires] > @p5 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p6, @p7, @p8, @p9)) AS source (id, data, expires, user_id)
ON target.[id] = @p10
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN target.[expires] > @p11 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p12, @p13, @p14, @p15)) AS source (id, data, expires, user_id)
ON target.[id] = @p16
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN target.[expires] > @p17 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND [expires] > @p5;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND [expires] > @p5;
UPDATE [Sessions] SET
  [data] = @p6,
  [expires] = @p7,
  [user_id] = @p8,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p9
  AND [id] COLLATE Latin1_General_BIN2 = @p10
  AND [expires] > @p11;
UPDATE [Sessions] SET
  [data] = @p12,
  [expires] = @p13,
  [user_id] = @p14,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p15
  AND [id] COLLATE Latin1_General_BIN2 = @p16
  AND [expires] > @p17;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
UPDATE [Sessions] SET
  [data] = @p7,
  [expires] = COALESCE(@p8, [expires]),
  [user_id] = @p9,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p10
  AND [id] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p13;
UPDATE [Sessions] SET
  [data] = @p14,
  [expires] = COALESCE(@p15, [expires]),
  [user_id] = @p16,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p17
  AND [id] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p20;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- move, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [user_id] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [user_id] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
UPDATE [Sessions] SET
  [id] = @p7,
  [data] = @p8,
  [user_id] = @p9
WHERE [id] = @p10
  AND [id] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p13;
UPDATE [Sessions] SET
  [id] = @p14,
  [data] = @p15,
  [user_id] = @p16
WHERE [id] = @p17
  AND [id] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p20;
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","key-1","{\"n\":1}",1700000000,"key-2","sealed 2",null,"key-2","key-2","{\"n\":2}",1700000000,"sha256:key-3","sealed 3",null,"key-3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- rotate
SET
  XACT_ABORT ON;
BEGIN TRANSACTION;
IF EXISTS (
  SELECT 1
  FROM [Sessions] WITH (UPDLOCK, HOLDLOCK)
  WHERE [id] = @p0
    AND [id] COLLATE Latin1_General_BIN2 = @p1
    AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p2 AS nvarchar (max)) AS varbinary (max))
    AND [expires] > @p3
) BEGIN DELETE FROM [Sessions]
WHERE [id] = @p4;
UPDATE [Sessions] SET
  [id] = @p5,
  [data] = @p6,
  [user_id] = @p7
WHERE [id] = @p8;
INSERT INTO [Sessions] ([id], [data], [expires])
VALUES (@p9, @p10, @p11);
SELECT [id]
FROM [Sessions]
WHERE [id] = @p12;
END;
COMMIT TRANSACTION;
-- bindings: ["key-1","key-1","{\"n\":1}",1700000000,"sha256:key-1","sha256:key-1","sealed 1","user:1","key-1","key-1","1700000000000 sha256:key-1",-1700000060,"key-1"] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [user_id] = @p3,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p4
  AND [id] COLLATE Latin1_General_BIN2 = @p5
  AND ([expires] < 0 OR [expires] > @p6);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [user_id] = @p3,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p4
  AND [id] COLLATE Latin1_General_BIN2 = @p5
  AND ([expires] < 0 OR [expires] > @p6);
UPDATE [Sessions] SET
  [id] = @p7,
  [data] = @p8,
  [expires] = @p9,
  [user_id] = @p10,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p11
  AND [id] COLLATE Latin1_General_BIN2 = @p12
  AND ([expires] < 0 OR [expires] > @p13);
UPDATE [Sessions] SET
  [id] = @p14,
  [data] = @p15,
  [expires] = @p16,
  [user_id] = @p17,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p18
  AND [id] COLLATE Latin1_General_BIN2 = @p19
  AND ([expires] < 0 OR [expires] > @p20);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- page
SELECT TOP (@p0) [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [id] > @p1
  AND [expires] > @p2
ORDER BY [id]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [user_id] IN (@p0)
  AND [expires] > @p1
-- bindings: ["user-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [user_id] IN (@p0, @p1)
  AND [expires] > @p2
-- bindings: ["user-1","user:1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM [Sessions]
OUTPUT deleted.[expires]
WHERE [user_id] IN (@p0)
-- bindings: ["user-1"] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM [Sessions]
OUTPUT deleted.[expires]
WHERE [user_id] IN (@p0, @p1)
  AND [id] COLLATE Latin1_General_BIN2 NOT IN (@p2, @p3)
-- bindings: ["user-1","user:1","key-2","key-3"] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- shape: timestamps, absolute lifetime

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; expired; clear

-- as in shape: timestamps
--   create; addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; plan; plan created_at, updated_at

-- select, 1 row
SELECT [id], [data], [expires]
FROM [Sessions]
WHERE [id] IN (@p0)
  AND ABS([expires]) > @p1
  AND ([expires] < 0 OR COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT [id], [data], [expires]
FROM [Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND ABS([expires]) > @p3
  AND ([expires] < 0 OR COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2)) AS source (id, data, expires)
ON target.[id] = @p3
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN (target.[expires] > @p4 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2)) AS source (id, data, expires)
ON target.[id] = @p3
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN (target.[expires] > @p4 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p5, @p6, @p7)) AS source (id, data, expires)
ON target.[id] = @p8
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN (target.[expires] > @p9 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p10, @p11, @p12)) AS source (id, data, expires)
ON target.[id] = @p13
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [created_at] = CASE WHEN (target.[expires] > @p14 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-1",1700000000,"key-2","{\"n\":2}",1700000102,"key-2",1700000000,"key-3","{\"n\":3}",1700000103,"key-3",1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND ([expires] > @p4 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND ([expires] > @p4 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p5,
  [expires] = @p6,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p7
  AND [id] COLLATE Latin1_General_BIN2 = @p8
  AND ([expires] > @p9 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p10,
  [expires] = @p11,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p12
  AND [id] COLLATE Latin1_General_BIN2 = @p13
  AND ([expires] > @p14 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1",1700000000,"{\"n\":2}",1700000102,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p6,
  [expires] = COALESCE(@p7, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p8
  AND [id] COLLATE Latin1_General_BIN2 = @p9
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p10 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p11 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p12,
  [expires] = COALESCE(@p13, [expires]),
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p14
  AND [id] COLLATE Latin1_General_BIN2 = @p15
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p16 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p17 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE [Sessions] SET
  [expires] = @p0,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] IN (@p1)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p2)
  AND ([expires] > @p3 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: [1700000200,"key-1","key-1",1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE [Sessions] SET
  [expires] = @p0,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] IN (@p1, @p2, @p3)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p4, @p5, @p6)
  AND ([expires] > @p7 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: [1700000200,"key-1","key-2","key-3","key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- move, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["sha256:key-1","sealed 1","key-1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p4 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [id] = @p6,
  [data] = @p7
WHERE [id] = @p8
  AND [id] COLLATE Latin1_General_BIN2 = @p9
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p10 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p11 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [id] = @p12,
  [data] = @p13
WHERE [id] = @p14
  AND [id] COLLATE Latin1_General_BIN2 = @p15
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p16 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p17 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["sha256:key-1","sealed 1","key-1","key-1","{\"n\":1}",1700000000,"key-2","sealed 2","key-2","key-2","{\"n\":2}",1700000000,"sha256:key-3","sealed 3","key-3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- rotate
SET
  XACT_ABORT ON;
BEGIN TRANSACTION;
IF EXISTS (
  SELECT 1
  FROM [Sessions] WITH (UPDLOCK, HOLDLOCK)
  WHERE [id] = @p0
    AND [id] COLLATE Latin1_General_BIN2 = @p1
    AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p2 AS nvarchar (max)) AS varbinary (max))
    AND ([expires] > @p3 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
) BEGIN DELETE FROM [Sessions]
WHERE [id] = @p4;
UPDATE [Sessions] SET
  [id] = @p5,
  [data] = @p6
WHERE [id] = @p7;
INSERT INTO [Sessions] ([id], [data], [expires])
VALUES (@p8, @p9, @p10);
SELECT [id]
FROM [Sessions]
WHERE [id] = @p11;
END;
COMMIT TRANSACTION;
-- bindings: ["key-1","key-1","{\"n\":1}",1700000000,"sha256:key-1","sha256:key-1","sealed 1","key-1","key-1","1700000000000 sha256:key-1",-1700000060,"key-1"] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [expires] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND ([expires] > @p4 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["claimed key-1",-1700000000,"key-1","key-1",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [expires] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND ([expires] > @p4 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [id] = @p5,
  [expires] = @p6
WHERE [id] = @p7
  AND [id] COLLATE Latin1_General_BIN2 = @p8
  AND ([expires] > @p9 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [id] = @p10,
  [expires] = @p11
WHERE [id] = @p12
  AND [id] COLLATE Latin1_General_BIN2 = @p13
  AND ([expires] > @p14 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["claimed key-1",-1700000000,"key-1","key-1",1700000000,"claimed key-2",-1700000000,"key-2","key-2",1700000000,"claimed key-3",-1700000000,"key-3","key-3",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] < 0 OR ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1","claimed key-1",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] < 0 OR ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
UPDATE [Sessions] SET
  [id] = @p6,
  [data] = @p7,
  [expires] = @p8,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p9
  AND [id] COLLATE Latin1_General_BIN2 = @p10
  AND ([expires] < 0 OR ([expires] > @p11 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
UPDATE [Sessions] SET
  [id] = @p12,
  [data] = @p13,
  [expires] = @p14,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p15
  AND [id] COLLATE Latin1_General_BIN2 = @p16
  AND ([expires] < 0 OR ([expires] > @p17 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- removeEnded, 1 row
DELETE FROM [Sessions] WITH (READPAST)
OUTPUT deleted.[expires]
WHERE [id] IN (@p0)
  AND NOT (([expires] > @p1 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())))
-- bindings: ["key-1",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM [Sessions] WITH (READPAST)
OUTPUT deleted.[expires]
WHERE [id] IN (@p0, @p1, @p2)
  AND NOT (([expires] > @p3 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())))
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT TOP (@p0) [id], [data], [expires], NULL AS user_id, CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [id] > @p1
  AND ([expires] > @p2 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
ORDER BY [id]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- count
SELECT count_big(*) AS live
FROM [Sessions]
WHERE ([expires] > @p0 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count_big(*) AS hashed
FROM [Sessions]
WHERE [id] LIKE @p0
  AND ([expires] > @p1 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- shape: users

-- as in shape: plain
--   columns; drop; isNarrow; widen; size; touch, 1 row; touch, 3 rows; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps, users
--   ensureIndexes; addColumns user_id; select, 1 row; select, 3 rows; move, 1 row; move, 3 rows; rotate; removeUser, 1 user; removeUser, 2 users, but for 2 rows

-- create
CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [Sessions_user_id_index] ([user_id]),
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)
-- bindings: []

-- plan

CREATE TABLE [Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [Sessions_user_id_index] ([user_id]),
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[Sessions]')
    AND name = 'Sessions_user_id_index'
)
CREATE INDEX [Sessions_user_id_index] ON [Sessions] ([user_id])

-- plan user_id

ALTER TABLE [Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[Sessions]')
    AND name = 'Sessions_user_id_index'
)
CREATE INDEX [Sessions_user_id_index] ON [Sessions] ([user_id])

-- upsert, 1 row
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[id] = @p4
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id])
VALUES (source.id, source.data, source.expires, source.user_id);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[id] = @p4
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id])
VALUES (source.id, source.data, source.expires, source.user_id);
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p5, @p6, @p7, @p8)) AS source (id, data, expires, user_id)
ON target.[id] = @p9
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id])
VALUES (source.id, source.data, source.expires, source.user_id);
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p10, @p11, @p12, @p13)) AS source (id, data, expires, user_id)
ON target.[id] = @p14
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id])
VALUES (source.id, source.data, source.expires, source.user_id);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1","key-2","{\"n\":2}",1700000102,null,"key-2","key-3","{\"n\":3}",1700000103,null,"key-3"] (timeout: 60000 ms)

-- update, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [user_id] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND [expires] > @p5;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [user_id] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND [expires] > @p5;
UPDATE [Sessions] SET
  [data] = @p6,
  [expires] = @p7,
  [user_id] = @p8
WHERE [id] = @p9
  AND [id] COLLATE Latin1_General_BIN2 = @p10
  AND [expires] > @p11;
UPDATE [Sessions] SET
  [data] = @p12,
  [expires] = @p13,
  [user_id] = @p14
WHERE [id] = @p15
  AND [id] COLLATE Latin1_General_BIN2 = @p16
  AND [expires] > @p17;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [user_id] = @p2
OUTPUT inserted.[id]
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [user_id] = @p2
OUTPUT inserted.[id]
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
UPDATE [Sessions] SET
  [data] = @p7,
  [expires] = COALESCE(@p8, [expires]),
  [user_id] = @p9
OUTPUT inserted.[id]
WHERE [id] = @p10
  AND [id] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p13;
UPDATE [Sessions] SET
  [data] = @p14,
  [expires] = COALESCE(@p15, [expires]),
  [user_id] = @p16
OUTPUT inserted.[id]
WHERE [id] = @p17
  AND [id] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p20;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [user_id] = @p3
WHERE [id] = @p4
  AND [id] COLLATE Latin1_General_BIN2 = @p5
  AND ([expires] < 0 OR [expires] > @p6);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [user_id] = @p3
WHERE [id] = @p4
  AND [id] COLLATE Latin1_General_BIN2 = @p5
  AND ([expires] < 0 OR [expires] > @p6);
UPDATE [Sessions] SET
  [id] = @p7,
  [data] = @p8,
  [expires] = @p9,
  [user_id] = @p10
WHERE [id] = @p11
  AND [id] COLLATE Latin1_General_BIN2 = @p12
  AND ([expires] < 0 OR [expires] > @p13);
UPDATE [Sessions] SET
  [id] = @p14,
  [data] = @p15,
  [expires] = @p16,
  [user_id] = @p17
WHERE [id] = @p18
  AND [id] COLLATE Latin1_General_BIN2 = @p19
  AND ([expires] < 0 OR [expires] > @p20);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- page
SELECT TOP (@p0) [id], [data], [expires], [user_id], NULL AS created, NULL AS updated
FROM [Sessions]
WHERE [id] > @p1
  AND [expires] > @p2
ORDER BY [id]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT [id], [data], [expires], [user_id], NULL AS created, NULL AS updated
FROM [Sessions]
WHERE [user_id] IN (@p0)
  AND [expires] > @p1
-- bindings: ["user-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT [id], [data], [expires], [user_id], NULL AS created, NULL AS updated
FROM [Sessions]
WHERE [user_id] IN (@p0, @p1)
  AND [expires] > @p2
-- bindings: ["user-1","user:1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- shape: timestamps, users, absolute lifetime

-- as in shape: plain
--   columns; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; expired; clear

-- as in shape: timestamps, users
--   create; ensureIndexes; addColumns user_id; addColumns created_at, user_id; addColumns updated_at, user_id; addColumns created_at, updated_at, user_id; plan; plan created_at, updated_at, user_id; removeUser, 1 user; removeUser, 2 users, but for 2 rows

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at

-- as in shape: timestamps, absolute lifetime
--   touch, 1 row; touch, 3 rows; claim, 1 row; claim, 3 rows; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed

-- select, 1 row
SELECT [id], [data], [expires], [user_id]
FROM [Sessions]
WHERE [id] IN (@p0)
  AND ABS([expires]) > @p1
  AND ([expires] < 0 OR COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT [id], [data], [expires], [user_id]
FROM [Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND ABS([expires]) > @p3
  AND ([expires] < 0 OR COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[id] = @p4
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN (target.[expires] > @p5 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[id] = @p4
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN (target.[expires] > @p5 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p6, @p7, @p8, @p9)) AS source (id, data, expires, user_id)
ON target.[id] = @p10
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN (target.[expires] > @p11 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p12, @p13, @p14, @p15)) AS source (id, data, expires, user_id)
ON target.[id] = @p16
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN (target.[expires] > @p17 AND COALESCE(target.[created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())) THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND ([expires] > @p5 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p6,
  [expires] = @p7,
  [user_id] = @p8,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p9
  AND [id] COLLATE Latin1_General_BIN2 = @p10
  AND ([expires] > @p11 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p12,
  [expires] = @p13,
  [user_id] = @p14,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p15
  AND [id] COLLATE Latin1_General_BIN2 = @p16
  AND ([expires] > @p17 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p6 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE [Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p6 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p7,
  [expires] = COALESCE(@p8, [expires]),
  [user_id] = @p9,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p10
  AND [id] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p13 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [data] = @p14,
  [expires] = COALESCE(@p15, [expires]),
  [user_id] = @p16,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p17
  AND [id] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p20 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- move, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [user_id] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p6 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [user_id] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p6 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [id] = @p7,
  [data] = @p8,
  [user_id] = @p9
WHERE [id] = @p10
  AND [id] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p13 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
UPDATE [Sessions] SET
  [id] = @p14,
  [data] = @p15,
  [user_id] = @p16
WHERE [id] = @p17
  AND [id] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND ([expires] > @p20 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()));
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","key-1","{\"n\":1}",1700000000,"key-2","sealed 2",null,"key-2","key-2","{\"n\":2}",1700000000,"sha256:key-3","sealed 3",null,"key-3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- rotate
SET
  XACT_ABORT ON;
BEGIN TRANSACTION;
IF EXISTS (
  SELECT 1
  FROM [Sessions] WITH (UPDLOCK, HOLDLOCK)
  WHERE [id] = @p0
    AND [id] COLLATE Latin1_General_BIN2 = @p1
    AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p2 AS nvarchar (max)) AS varbinary (max))
    AND ([expires] > @p3 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
) BEGIN DELETE FROM [Sessions]
WHERE [id] = @p4;
UPDATE [Sessions] SET
  [id] = @p5,
  [data] = @p6,
  [user_id] = @p7
WHERE [id] = @p8;
INSERT INTO [Sessions] ([id], [data], [expires])
VALUES (@p9, @p10, @p11);
SELECT [id]
FROM [Sessions]
WHERE [id] = @p12;
END;
COMMIT TRANSACTION;
-- bindings: ["key-1","key-1","{\"n\":1}",1700000000,"sha256:key-1","sha256:key-1","sealed 1","user:1","key-1","key-1","1700000000000 sha256:key-1",-1700000060,"key-1"] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [user_id] = @p3,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p4
  AND [id] COLLATE Latin1_General_BIN2 = @p5
  AND ([expires] < 0 OR ([expires] > @p6 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE [Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [user_id] = @p3,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p4
  AND [id] COLLATE Latin1_General_BIN2 = @p5
  AND ([expires] < 0 OR ([expires] > @p6 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
UPDATE [Sessions] SET
  [id] = @p7,
  [data] = @p8,
  [expires] = @p9,
  [user_id] = @p10,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p11
  AND [id] COLLATE Latin1_General_BIN2 = @p12
  AND ([expires] < 0 OR ([expires] > @p13 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
UPDATE [Sessions] SET
  [id] = @p14,
  [data] = @p15,
  [expires] = @p16,
  [user_id] = @p17,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p18
  AND [id] COLLATE Latin1_General_BIN2 = @p19
  AND ([expires] < 0 OR ([expires] > @p20 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME())));
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- page
SELECT TOP (@p0) [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [id] > @p1
  AND ([expires] > @p2 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
ORDER BY [id]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [user_id] IN (@p0)
  AND ([expires] > @p1 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: ["user-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [Sessions]
WHERE [user_id] IN (@p0, @p1)
  AND ([expires] > @p2 AND COALESCE([created_at], SYSUTCDATETIME()) > DATEADD(second, -2592001, SYSUTCDATETIME()))
-- bindings: ["user-1","user:1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- shape: timestamps, users, in the schema app

-- as in shape: plain
--   isNarrow; widen

-- columns
SELECT name
FROM sys.columns
WHERE object_id = OBJECT_ID(@p0)
-- bindings: ["[app].[Sessions]"] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE [app].[Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [created_at] datetime2 NULL,
  [updated_at] datetime2 NULL,
  [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [Sessions_user_id_index] ([user_id]),
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)
-- bindings: []

-- ensureIndexes
IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID(@p0)
    AND name = @p1
)
CREATE INDEX [Sessions_user_id_index] ON [app].[Sessions] ([user_id])
-- bindings: ["[app].[Sessions]","Sessions_user_id_index"]

-- drop
IF OBJECT_ID(@p0, N'U') IS NOT NULL
DROP TABLE [app].[Sessions]
-- bindings: ["[app].[Sessions]"]

-- addColumns created_at, updated_at, user_id
ALTER TABLE [app].[Sessions] ADD [created_at] datetime2 NULL
-- bindings: []
ALTER TABLE [app].[Sessions] ADD [updated_at] datetime2 NULL
-- bindings: []
ALTER TABLE [app].[Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL
-- bindings: []

-- plan

CREATE TABLE [app].[Sessions] (
  [id] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [data] nvarchar(max) NOT NULL,
  [expires] bigint NOT NULL,
  [created_at] datetime2 NULL,
  [updated_at] datetime2 NULL,
  [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [Sessions_user_id_index] ([user_id]),
  CONSTRAINT [Sessions_pkey] PRIMARY KEY ([id]),
  INDEX [Sessions_expires_index] ([expires])
)

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[app].[Sessions]')
    AND name = 'Sessions_user_id_index'
)
CREATE INDEX [Sessions_user_id_index] ON [app].[Sessions] ([user_id])

-- plan created_at, updated_at, user_id

ALTER TABLE [app].[Sessions] ADD [created_at] datetime2 NULL

ALTER TABLE [app].[Sessions] ADD [updated_at] datetime2 NULL

ALTER TABLE [app].[Sessions] ADD [user_id] nvarchar(100) COLLATE Latin1_General_BIN2 NULL

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[app].[Sessions]')
    AND name = 'Sessions_user_id_index'
)
CREATE INDEX [Sessions_user_id_index] ON [app].[Sessions] ([user_id])

-- size
SELECT SUM(used_page_count) * 8192 AS size
FROM sys.dm_db_partition_stats
WHERE object_id = OBJECT_ID(@p0)
-- bindings: ["[app].[Sessions]"] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT [id], [data], [expires], [user_id]
FROM [app].[Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND ABS([expires]) > @p3
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
MERGE INTO [app].[Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[id] = @p4
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN target.[expires] > @p5 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [app].[Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p6, @p7, @p8, @p9)) AS source (id, data, expires, user_id)
ON target.[id] = @p10
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN target.[expires] > @p11 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [app].[Sessions] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p12, @p13, @p14, @p15)) AS source (id, data, expires, user_id)
ON target.[id] = @p16
WHEN MATCHED THEN UPDATE SET
  [id] = source.id,
  [data] = source.data,
  [expires] = source.expires,
  [user_id] = source.user_id,
  [created_at] = CASE WHEN target.[expires] > @p17 THEN COALESCE(target.[created_at], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [updated_at] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([id], [data], [expires], [user_id], [created_at], [updated_at])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [app].[Sessions] SET
  [data] = @p0,
  [expires] = @p1,
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND [expires] > @p5;
UPDATE [app].[Sessions] SET
  [data] = @p6,
  [expires] = @p7,
  [user_id] = @p8,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p9
  AND [id] COLLATE Latin1_General_BIN2 = @p10
  AND [expires] > @p11;
UPDATE [app].[Sessions] SET
  [data] = @p12,
  [expires] = @p13,
  [user_id] = @p14,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p15
  AND [id] COLLATE Latin1_General_BIN2 = @p16
  AND [expires] > @p17;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 3 rows
UPDATE [app].[Sessions] SET
  [data] = @p0,
  [expires] = COALESCE(@p1, [expires]),
  [user_id] = @p2,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
UPDATE [app].[Sessions] SET
  [data] = @p7,
  [expires] = COALESCE(@p8, [expires]),
  [user_id] = @p9,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p10
  AND [id] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p13;
UPDATE [app].[Sessions] SET
  [data] = @p14,
  [expires] = COALESCE(@p15, [expires]),
  [user_id] = @p16,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
OUTPUT inserted.[id]
WHERE [id] = @p17
  AND [id] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p20;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
UPDATE [app].[Sessions] SET
  [expires] = @p0,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] IN (@p1, @p2, @p3)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p4, @p5, @p6)
  AND [expires] > @p7
-- bindings: [1700000200,"key-1","key-2","key-3","key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM [app].[Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p3, @p4, @p5)
-- bindings: ["key-1","key-2","key-3","key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 3 rows
UPDATE [app].[Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [user_id] = @p2
WHERE [id] = @p3
  AND [id] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p6;
UPDATE [app].[Sessions] SET
  [id] = @p7,
  [data] = @p8,
  [user_id] = @p9
WHERE [id] = @p10
  AND [id] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p13;
UPDATE [app].[Sessions] SET
  [id] = @p14,
  [data] = @p15,
  [user_id] = @p16
WHERE [id] = @p17
  AND [id] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND [expires] > @p20;
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","key-1","{\"n\":1}",1700000000,"key-2","sealed 2",null,"key-2","key-2","{\"n\":2}",1700000000,"sha256:key-3","sealed 3",null,"key-3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 3 rows
DELETE FROM [app].[Sessions]
WHERE [id] IN (@p0, @p1, @p2)
  AND [id] COLLATE Latin1_General_BIN2 IN (@p3, @p4, @p5)
  AND [expires] >= 0
-- bindings: ["key-1","key-2","key-3","key-1","key-2","key-3"] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
SET
  XACT_ABORT ON;
BEGIN TRANSACTION;
IF EXISTS (
  SELECT 1
  FROM [app].[Sessions] WITH (UPDLOCK, HOLDLOCK)
  WHERE [id] = @p0
    AND [id] COLLATE Latin1_General_BIN2 = @p1
    AND CAST(CAST([data] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p2 AS nvarchar (max)) AS varbinary (max))
    AND [expires] > @p3
) BEGIN DELETE FROM [app].[Sessions]
WHERE [id] = @p4;
UPDATE [app].[Sessions] SET
  [id] = @p5,
  [data] = @p6,
  [user_id] = @p7
WHERE [id] = @p8;
INSERT INTO [app].[Sessions] ([id], [data], [expires])
VALUES (@p9, @p10, @p11);
SELECT [id]
FROM [app].[Sessions]
WHERE [id] = @p12;
END;
COMMIT TRANSACTION;
-- bindings: ["key-1","key-1","{\"n\":1}",1700000000,"sha256:key-1","sha256:key-1","sealed 1","user:1","key-1","key-1","1700000000000 sha256:key-1",-1700000060,"key-1"] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE [app].[Sessions] SET
  [id] = @p0,
  [expires] = @p1
WHERE [id] = @p2
  AND [id] COLLATE Latin1_General_BIN2 = @p3
  AND [expires] > @p4;
UPDATE [app].[Sessions] SET
  [id] = @p5,
  [expires] = @p6
WHERE [id] = @p7
  AND [id] COLLATE Latin1_General_BIN2 = @p8
  AND [expires] > @p9;
UPDATE [app].[Sessions] SET
  [id] = @p10,
  [expires] = @p11
WHERE [id] = @p12
  AND [id] COLLATE Latin1_General_BIN2 = @p13
  AND [expires] > @p14;
-- bindings: ["claimed key-1",-1700000000,"key-1","key-1",1700000000,"claimed key-2",-1700000000,"key-2","key-2",1700000000,"claimed key-3",-1700000000,"key-3","key-3",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE [app].[Sessions] SET
  [id] = @p0,
  [data] = @p1,
  [expires] = @p2,
  [user_id] = @p3,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p4
  AND [id] COLLATE Latin1_General_BIN2 = @p5
  AND ([expires] < 0 OR [expires] > @p6);
UPDATE [app].[Sessions] SET
  [id] = @p7,
  [data] = @p8,
  [expires] = @p9,
  [user_id] = @p10,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p11
  AND [id] COLLATE Latin1_General_BIN2 = @p12
  AND ([expires] < 0 OR [expires] > @p13);
UPDATE [app].[Sessions] SET
  [id] = @p14,
  [data] = @p15,
  [expires] = @p16,
  [user_id] = @p17,
  [created_at] = COALESCE([created_at], SYSUTCDATETIME()),
  [updated_at] = SYSUTCDATETIME()
WHERE [id] = @p18
  AND [id] COLLATE Latin1_General_BIN2 = @p19
  AND ([expires] < 0 OR [expires] > @p20);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- expired
SELECT TOP (@p0) [id], [expires]
FROM [app].[Sessions] WITH (READPAST)
WHERE [expires] BETWEEN @p1 AND @p2
ORDER BY [expires]
-- bindings: [50,1699999700,1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM [app].[Sessions] WITH (READPAST)
OUTPUT deleted.[expires]
WHERE [id] IN (@p0, @p1, @p2)
  AND NOT ([expires] > @p3)
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT TOP (@p0) [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [app].[Sessions]
WHERE [id] > @p1
  AND [expires] > @p2
ORDER BY [id]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [app].[Sessions]
WHERE [user_id] IN (@p0)
  AND [expires] > @p1
-- bindings: ["user-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT [id], [data], [expires], [user_id], CAST(DATEDIFF(day, '19700101', [created_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([created_at] AS date), [created_at]) AS created, CAST(DATEDIFF(day, '19700101', [updated_at]) AS bigint) * 86400 + DATEDIFF(second, CAST([updated_at] AS date), [updated_at]) AS updated
FROM [app].[Sessions]
WHERE [user_id] IN (@p0, @p1)
  AND [expires] > @p2
-- bindings: ["user-1","user:1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM [app].[Sessions]
OUTPUT deleted.[expires]
WHERE [user_id] IN (@p0)
-- bindings: ["user-1"] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM [app].[Sessions]
OUTPUT deleted.[expires]
WHERE [user_id] IN (@p0, @p1)
  AND [id] COLLATE Latin1_General_BIN2 NOT IN (@p2, @p3)
-- bindings: ["user-1","user:1","key-2","key-3"] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- count
SELECT count_big(*) AS live
FROM [app].[Sessions]
WHERE [expires] > @p0
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count_big(*) AS hashed
FROM [app].[Sessions]
WHERE [id] LIKE @p0
  AND [expires] > @p1
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM [app].[Sessions]
-- bindings: []

-- shape: timestamps, users, with names in need of quotes, and a wrapIdentifier

-- as in shape: plain
--   isNarrow; widen

-- columns
SELECT name
FROM sys.columns
WHERE object_id = OBJECT_ID(@p0)
-- bindings: ["[MY`\"APP].[USER'S`\"SESSIONS]"] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE [MY`"APP].[USER'S`"SESSIONS] (
  [ID] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [DATA] nvarchar(max) NOT NULL,
  [EXPIRES] bigint NOT NULL,
  [CREATED_AT] datetime2 NULL,
  [UPDATED_AT] datetime2 NULL,
  [USER_ID] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [USER'S`"SESSIONS_USER_ID_INDEX] ([USER_ID]),
  CONSTRAINT [USER'S`"SESSIONS_PKEY] PRIMARY KEY ([ID]),
  INDEX [USER'S`"SESSIONS_EXPIRES_INDEX] ([EXPIRES])
)
-- bindings: []

-- ensureIndexes
IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID(@p0)
    AND name = @p1
)
CREATE INDEX [USER'S`"SESSIONS_USER_ID_INDEX] ON [MY`"APP].[USER'S`"SESSIONS] ([USER_ID])
-- bindings: ["[MY`\"APP].[USER'S`\"SESSIONS]","USER'S`\"SESSIONS_USER_ID_INDEX"]

-- drop
IF OBJECT_ID(@p0, N'U') IS NOT NULL
DROP TABLE [MY`"APP].[USER'S`"SESSIONS]
-- bindings: ["[MY`\"APP].[USER'S`\"SESSIONS]"]

-- addColumns created_at, updated_at, user_id
ALTER TABLE [MY`"APP].[USER'S`"SESSIONS] ADD [CREATED_AT] datetime2 NULL
-- bindings: []
ALTER TABLE [MY`"APP].[USER'S`"SESSIONS] ADD [UPDATED_AT] datetime2 NULL
-- bindings: []
ALTER TABLE [MY`"APP].[USER'S`"SESSIONS] ADD [USER_ID] nvarchar(100) COLLATE Latin1_General_BIN2 NULL
-- bindings: []

-- plan

CREATE TABLE [MY`"APP].[USER'S`"SESSIONS] (
  [ID] nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  [DATA] nvarchar(max) NOT NULL,
  [EXPIRES] bigint NOT NULL,
  [CREATED_AT] datetime2 NULL,
  [UPDATED_AT] datetime2 NULL,
  [USER_ID] nvarchar(100) COLLATE Latin1_General_BIN2 NULL,
  INDEX [USER'S`"SESSIONS_USER_ID_INDEX] ([USER_ID]),
  CONSTRAINT [USER'S`"SESSIONS_PKEY] PRIMARY KEY ([ID]),
  INDEX [USER'S`"SESSIONS_EXPIRES_INDEX] ([EXPIRES])
)

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[MY`"APP].[USER''S`"SESSIONS]')
    AND name = 'USER''S`"SESSIONS_USER_ID_INDEX'
)
CREATE INDEX [USER'S`"SESSIONS_USER_ID_INDEX] ON [MY`"APP].[USER'S`"SESSIONS] ([USER_ID])

-- plan created_at, updated_at, user_id

ALTER TABLE [MY`"APP].[USER'S`"SESSIONS] ADD [CREATED_AT] datetime2 NULL

ALTER TABLE [MY`"APP].[USER'S`"SESSIONS] ADD [UPDATED_AT] datetime2 NULL

ALTER TABLE [MY`"APP].[USER'S`"SESSIONS] ADD [USER_ID] nvarchar(100) COLLATE Latin1_General_BIN2 NULL

IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes
  WHERE object_id = OBJECT_ID('[MY`"APP].[USER''S`"SESSIONS]')
    AND name = 'USER''S`"SESSIONS_USER_ID_INDEX'
)
CREATE INDEX [USER'S`"SESSIONS_USER_ID_INDEX] ON [MY`"APP].[USER'S`"SESSIONS] ([USER_ID])

-- size
SELECT SUM(used_page_count) * 8192 AS size
FROM sys.dm_db_partition_stats
WHERE object_id = OBJECT_ID(@p0)
-- bindings: ["[MY`\"APP].[USER'S`\"SESSIONS]"] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT [ID], [DATA], [EXPIRES], [USER_ID]
FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [ID] IN (@p0, @p1, @p2)
  AND ABS([EXPIRES]) > @p3
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
MERGE INTO [MY`"APP].[USER'S`"SESSIONS] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p0, @p1, @p2, @p3)) AS source (id, data, expires, user_id)
ON target.[ID] = @p4
WHEN MATCHED THEN UPDATE SET
  [ID] = source.id,
  [DATA] = source.data,
  [EXPIRES] = source.expires,
  [USER_ID] = source.user_id,
  [CREATED_AT] = CASE WHEN target.[EXPIRES] > @p5 THEN COALESCE(target.[CREATED_AT], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [UPDATED_AT] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([ID], [DATA], [EXPIRES], [USER_ID], [CREATED_AT], [UPDATED_AT])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [MY`"APP].[USER'S`"SESSIONS] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p6, @p7, @p8, @p9)) AS source (id, data, expires, user_id)
ON target.[ID] = @p10
WHEN MATCHED THEN UPDATE SET
  [ID] = source.id,
  [DATA] = source.data,
  [EXPIRES] = source.expires,
  [USER_ID] = source.user_id,
  [CREATED_AT] = CASE WHEN target.[EXPIRES] > @p11 THEN COALESCE(target.[CREATED_AT], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [UPDATED_AT] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([ID], [DATA], [EXPIRES], [USER_ID], [CREATED_AT], [UPDATED_AT])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
MERGE INTO [MY`"APP].[USER'S`"SESSIONS] WITH (HOLDLOCK, UPDLOCK) AS target
USING (VALUES (@p12, @p13, @p14, @p15)) AS source (id, data, expires, user_id)
ON target.[ID] = @p16
WHEN MATCHED THEN UPDATE SET
  [ID] = source.id,
  [DATA] = source.data,
  [EXPIRES] = source.expires,
  [USER_ID] = source.user_id,
  [CREATED_AT] = CASE WHEN target.[EXPIRES] > @p17 THEN COALESCE(target.[CREATED_AT], SYSUTCDATETIME()) ELSE SYSUTCDATETIME() END,
  [UPDATED_AT] = SYSUTCDATETIME()
WHEN NOT MATCHED THEN INSERT ([ID], [DATA], [EXPIRES], [USER_ID], [CREATED_AT], [UPDATED_AT])
VALUES (source.id, source.data, source.expires, source.user_id, SYSUTCDATETIME(), SYSUTCDATETIME());
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [DATA] = @p0,
  [EXPIRES] = @p1,
  [USER_ID] = @p2,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
WHERE [ID] = @p3
  AND [ID] COLLATE Latin1_General_BIN2 = @p4
  AND [EXPIRES] > @p5;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [DATA] = @p6,
  [EXPIRES] = @p7,
  [USER_ID] = @p8,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
WHERE [ID] = @p9
  AND [ID] COLLATE Latin1_General_BIN2 = @p10
  AND [EXPIRES] > @p11;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [DATA] = @p12,
  [EXPIRES] = @p13,
  [USER_ID] = @p14,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
WHERE [ID] = @p15
  AND [ID] COLLATE Latin1_General_BIN2 = @p16
  AND [EXPIRES] > @p17;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3",1700000000] (timeout: 60000 ms)

-- replace, 3 rows
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [DATA] = @p0,
  [EXPIRES] = COALESCE(@p1, [EXPIRES]),
  [USER_ID] = @p2,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
OUTPUT inserted.[ID]
WHERE [ID] = @p3
  AND [ID] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([DATA] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [EXPIRES] > @p6;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [DATA] = @p7,
  [EXPIRES] = COALESCE(@p8, [EXPIRES]),
  [USER_ID] = @p9,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
OUTPUT inserted.[ID]
WHERE [ID] = @p10
  AND [ID] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([DATA] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND [EXPIRES] > @p13;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [DATA] = @p14,
  [EXPIRES] = COALESCE(@p15, [EXPIRES]),
  [USER_ID] = @p16,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
OUTPUT inserted.[ID]
WHERE [ID] = @p17
  AND [ID] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([DATA] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND [EXPIRES] > @p20;
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","key-1","as loaded",1700000000,"{\"n\":2}",1700000102,null,"key-2","key-2","as loaded",1700000000,"{\"n\":3}",1700000103,null,"key-3","key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [EXPIRES] = @p0,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
WHERE [ID] IN (@p1, @p2, @p3)
  AND [ID] COLLATE Latin1_General_BIN2 IN (@p4, @p5, @p6)
  AND [EXPIRES] > @p7
-- bindings: [1700000200,"key-1","key-2","key-3","key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [ID] IN (@p0, @p1, @p2)
  AND [ID] COLLATE Latin1_General_BIN2 IN (@p3, @p4, @p5)
-- bindings: ["key-1","key-2","key-3","key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 3 rows
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p0,
  [DATA] = @p1,
  [USER_ID] = @p2
WHERE [ID] = @p3
  AND [ID] COLLATE Latin1_General_BIN2 = @p4
  AND CAST(CAST([DATA] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p5 AS nvarchar (max)) AS varbinary (max))
  AND [EXPIRES] > @p6;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p7,
  [DATA] = @p8,
  [USER_ID] = @p9
WHERE [ID] = @p10
  AND [ID] COLLATE Latin1_General_BIN2 = @p11
  AND CAST(CAST([DATA] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p12 AS nvarchar (max)) AS varbinary (max))
  AND [EXPIRES] > @p13;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p14,
  [DATA] = @p15,
  [USER_ID] = @p16
WHERE [ID] = @p17
  AND [ID] COLLATE Latin1_General_BIN2 = @p18
  AND CAST(CAST([DATA] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p19 AS nvarchar (max)) AS varbinary (max))
  AND [EXPIRES] > @p20;
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","key-1","{\"n\":1}",1700000000,"key-2","sealed 2",null,"key-2","key-2","{\"n\":2}",1700000000,"sha256:key-3","sealed 3",null,"key-3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 3 rows
DELETE FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [ID] IN (@p0, @p1, @p2)
  AND [ID] COLLATE Latin1_General_BIN2 IN (@p3, @p4, @p5)
  AND [EXPIRES] >= 0
-- bindings: ["key-1","key-2","key-3","key-1","key-2","key-3"] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
SET
  XACT_ABORT ON;
BEGIN TRANSACTION;
IF EXISTS (
  SELECT 1
  FROM [MY`"APP].[USER'S`"SESSIONS] WITH (UPDLOCK, HOLDLOCK)
  WHERE [ID] = @p0
    AND [ID] COLLATE Latin1_General_BIN2 = @p1
    AND CAST(CAST([DATA] AS nvarchar (max)) AS varbinary (max)) = CAST(CAST(@p2 AS nvarchar (max)) AS varbinary (max))
    AND [EXPIRES] > @p3
) BEGIN DELETE FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [ID] = @p4;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p5,
  [DATA] = @p6,
  [USER_ID] = @p7
WHERE [ID] = @p8;
INSERT INTO [MY`"APP].[USER'S`"SESSIONS] ([ID], [DATA], [EXPIRES])
VALUES (@p9, @p10, @p11);
SELECT [ID]
FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [ID] = @p12;
END;
COMMIT TRANSACTION;
-- bindings: ["key-1","key-1","{\"n\":1}",1700000000,"sha256:key-1","sha256:key-1","sealed 1","user:1","key-1","key-1","1700000000000 sha256:key-1",-1700000060,"key-1"] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p0,
  [EXPIRES] = @p1
WHERE [ID] = @p2
  AND [ID] COLLATE Latin1_General_BIN2 = @p3
  AND [EXPIRES] > @p4;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p5,
  [EXPIRES] = @p6
WHERE [ID] = @p7
  AND [ID] COLLATE Latin1_General_BIN2 = @p8
  AND [EXPIRES] > @p9;
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p10,
  [EXPIRES] = @p11
WHERE [ID] = @p12
  AND [ID] COLLATE Latin1_General_BIN2 = @p13
  AND [EXPIRES] > @p14;
-- bindings: ["claimed key-1",-1700000000,"key-1","key-1",1700000000,"claimed key-2",-1700000000,"key-2","key-2",1700000000,"claimed key-3",-1700000000,"key-3","key-3",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p0,
  [DATA] = @p1,
  [EXPIRES] = @p2,
  [USER_ID] = @p3,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
WHERE [ID] = @p4
  AND [ID] COLLATE Latin1_General_BIN2 = @p5
  AND ([EXPIRES] < 0 OR [EXPIRES] > @p6);
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p7,
  [DATA] = @p8,
  [EXPIRES] = @p9,
  [USER_ID] = @p10,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
WHERE [ID] = @p11
  AND [ID] COLLATE Latin1_General_BIN2 = @p12
  AND ([EXPIRES] < 0 OR [EXPIRES] > @p13);
UPDATE [MY`"APP].[USER'S`"SESSIONS] SET
  [ID] = @p14,
  [DATA] = @p15,
  [EXPIRES] = @p16,
  [USER_ID] = @p17,
  [CREATED_AT] = COALESCE([CREATED_AT], SYSUTCDATETIME()),
  [UPDATED_AT] = SYSUTCDATETIME()
WHERE [ID] = @p18
  AND [ID] COLLATE Latin1_General_BIN2 = @p19
  AND ([EXPIRES] < 0 OR [EXPIRES] > @p20);
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1","claimed key-1",1700000000,"key-2","{\"n\":2}",1700000102,null,"claimed key-2","claimed key-2",1700000000,"key-3","{\"n\":3}",1700000103,null,"claimed key-3","claimed key-3",1700000000] (timeout: 60000 ms)

-- expired
SELECT TOP (@p0) [ID], [EXPIRES]
FROM [MY`"APP].[USER'S`"SESSIONS] WITH (READPAST)
WHERE [EXPIRES] BETWEEN @p1 AND @p2
ORDER BY [EXPIRES]
-- bindings: [50,1699999700,1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM [MY`"APP].[USER'S`"SESSIONS] WITH (READPAST)
OUTPUT deleted.[EXPIRES]
WHERE [ID] IN (@p0, @p1, @p2)
  AND NOT ([EXPIRES] > @p3)
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT TOP (@p0) [ID], [DATA], [EXPIRES], [USER_ID], CAST(DATEDIFF(day, '19700101', [CREATED_AT]) AS bigint) * 86400 + DATEDIFF(second, CAST([CREATED_AT] AS date), [CREATED_AT]) AS created, CAST(DATEDIFF(day, '19700101', [UPDATED_AT]) AS bigint) * 86400 + DATEDIFF(second, CAST([UPDATED_AT] AS date), [UPDATED_AT]) AS updated
FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [ID] > @p1
  AND [EXPIRES] > @p2
ORDER BY [ID]
-- bindings: [50,"key-0",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT [ID], [DATA], [EXPIRES], [USER_ID], CAST(DATEDIFF(day, '19700101', [CREATED_AT]) AS bigint) * 86400 + DATEDIFF(second, CAST([CREATED_AT] AS date), [CREATED_AT]) AS created, CAST(DATEDIFF(day, '19700101', [UPDATED_AT]) AS bigint) * 86400 + DATEDIFF(second, CAST([UPDATED_AT] AS date), [UPDATED_AT]) AS updated
FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [USER_ID] IN (@p0)
  AND [EXPIRES] > @p1
-- bindings: ["user-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT [ID], [DATA], [EXPIRES], [USER_ID], CAST(DATEDIFF(day, '19700101', [CREATED_AT]) AS bigint) * 86400 + DATEDIFF(second, CAST([CREATED_AT] AS date), [CREATED_AT]) AS created, CAST(DATEDIFF(day, '19700101', [UPDATED_AT]) AS bigint) * 86400 + DATEDIFF(second, CAST([UPDATED_AT] AS date), [UPDATED_AT]) AS updated
FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [USER_ID] IN (@p0, @p1)
  AND [EXPIRES] > @p2
-- bindings: ["user-1","user:1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM [MY`"APP].[USER'S`"SESSIONS]
OUTPUT deleted.[EXPIRES]
WHERE [USER_ID] IN (@p0)
-- bindings: ["user-1"] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM [MY`"APP].[USER'S`"SESSIONS]
OUTPUT deleted.[EXPIRES]
WHERE [USER_ID] IN (@p0, @p1)
  AND [ID] COLLATE Latin1_General_BIN2 NOT IN (@p2, @p3)
-- bindings: ["user-1","user:1","key-2","key-3"] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- count
SELECT count_big(*) AS live
FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [EXPIRES] > @p0
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count_big(*) AS hashed
FROM [MY`"APP].[USER'S`"SESSIONS]
WHERE [ID] LIKE @p0
  AND [EXPIRES] > @p1
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM [MY`"APP].[USER'S`"SESSIONS]
-- bindings: []
