-- postgres: {"asciiOnly":false,"maxRows":500,"sweepRows":1000}

-- shape: plain

-- columns
SELECT attname
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass($1)
  AND attnum > 0
  AND NOT attisdropped
-- bindings: ["\"Sessions\""] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires")
-- bindings: []

-- ensureIndexes
-- sends nothing

-- drop
DROP TABLE IF EXISTS "Sessions"
-- bindings: []

-- isNarrow
-- sends nothing
-- resolves with false; with one row, false

-- widen
-- sends nothing

-- plan

CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires")

-- size
SELECT pg_total_relation_size(to_regclass($1))
-- bindings: ["\"Sessions\""] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 1 row
SELECT "id", "data", "expires"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT "id", "data", "expires"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
INSERT INTO "Sessions" AS session ("id", "data", "expires")
SELECT incoming.id, incoming.data, incoming.expires
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires"
-- bindings: [["key-1"],"{\"n\":1}","\u001f",[1700000101]] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO "Sessions" AS session ("id", "data", "expires")
SELECT incoming.id, incoming.data, incoming.expires
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103]] (timeout: 60000 ms)

-- update, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = $2
WHERE "id" = $3
  AND "expires" > $4
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = incoming.expires
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
WHERE session."id" = incoming.id
  AND session."expires" > $5
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = COALESCE($2, "expires")
WHERE "id" = $3
  AND "data" = $4
  AND "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = COALESCE(incoming.expires, session."expires")
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}')) AS incoming (id, data, expires, old_data)
WHERE session."id" = incoming.id
  AND session."data" = incoming.old_data
  AND session."expires" > $7
RETURNING session."id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE "Sessions" SET
  "expires" = $1
WHERE "id" = ANY($2)
  AND "expires" > $3
-- bindings: [1700000200,["key-1"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE "Sessions" SET
  "expires" = $1
WHERE "id" = ANY($2)
  AND "expires" > $3
-- bindings: [1700000200,["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- remove, 1 row
DELETE FROM "Sessions"
WHERE "id" = ANY($1)
-- bindings: [["key-1"]] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM "Sessions"
WHERE "id" = ANY($1)
-- bindings: [["key-1","key-2","key-3"]] (timeout: 60000 ms)

-- move, 1 row
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}')) AS moved (old_id, new_id, old_data, new_data)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND session."expires" > $7
-- bindings: [["key-1"],["sha256:key-1"],"{\"n\":1}","\u001f","sealed 1","\u001f",1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}')) AS moved (old_id, new_id, old_data, new_data)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND session."expires" > $7
-- bindings: [["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f","sealed 1\u001fsealed 2\u001fsealed 3","\u001f",1700000000] (timeout: 60000 ms)

-- end, 1 row
DELETE FROM "Sessions"
WHERE "id" = ANY($1)
  AND "expires" >= 0
-- bindings: [["key-1"]] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- end, 3 rows
DELETE FROM "Sessions"
WHERE "id" = ANY($1)
  AND "expires" >= 0
-- bindings: [["key-1","key-2","key-3"]] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO "Sessions" ("id", "data", "expires")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."id" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."expires" ELSE $4 END
FROM (
  SELECT *
  FROM "Sessions" AS session
  WHERE session."id" = $5
    AND session."data" = $6
    AND session."expires" > $7
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE "Sessions" AS session SET
  "id" = claimed.new_id,
  "expires" = claimed.expires
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS claimed (old_id, new_id, expires)
WHERE session."id" = claimed.old_id
  AND session."expires" > $4
-- bindings: [["key-1"],["claimed key-1"],[-1700000000],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE "Sessions" AS session SET
  "id" = claimed.new_id,
  "expires" = claimed.expires
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS claimed (old_id, new_id, expires)
WHERE session."id" = claimed.old_id
  AND session."expires" > $4
-- bindings: [["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],[-1700000000,-1700000000,-1700000000],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $6)
-- bindings: [["claimed key-1"],"{\"n\":1}","\u001f",[1700000101],["key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $6)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- expired
SELECT "id", "expires"
FROM "Sessions"
WHERE "expires" BETWEEN $1 AND $2
ORDER BY "expires"
LIMIT $3
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 1 row
DELETE FROM "Sessions"
WHERE "id" = ANY(ARRAY(
  SELECT "id"
  FROM "Sessions"
  WHERE "id" = ANY($1)
    AND NOT ("expires" > $2)
  FOR UPDATE SKIP LOCKED
))
-- bindings: [["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM "Sessions"
WHERE "id" = ANY(ARRAY(
  SELECT "id"
  FROM "Sessions"
  WHERE "id" = ANY($1)
    AND NOT ("expires" > $2)
  FOR UPDATE SKIP LOCKED
))
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT "id", "data", "expires", NULL AS user_id, NULL AS created, NULL AS updated
FROM "Sessions"
WHERE "id" > $1
  AND "expires" > $2
ORDER BY "id"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- count
SELECT count(*)
FROM "Sessions"
WHERE "expires" > $1
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM "Sessions"
WHERE "id" LIKE $1
  AND "expires" > $2
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM "Sessions"
-- bindings: []

-- shape: timestamps

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; select, 1 row; select, 3 rows; remove, 1 row; remove, 3 rows; move, 1 row; move, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- create
CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires")
-- bindings: []

-- addColumns created_at
ALTER TABLE "Sessions" ADD COLUMN "created_at" timestamptz
-- bindings: []

-- addColumns updated_at
ALTER TABLE "Sessions" ADD COLUMN "updated_at" timestamptz
-- bindings: []

-- addColumns created_at, updated_at
ALTER TABLE "Sessions" ADD COLUMN "created_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "updated_at" timestamptz
-- bindings: []

-- plan

CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires")

-- plan created_at, updated_at

ALTER TABLE "Sessions" ADD COLUMN "created_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "updated_at" timestamptz

-- upsert, 1 row
INSERT INTO "Sessions" AS session ("id", "data", "expires", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "created_at" = CASE WHEN session."expires" > $5 THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1"],"{\"n\":1}","\u001f",[1700000101],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO "Sessions" AS session ("id", "data", "expires", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "created_at" = CASE WHEN session."expires" > $5 THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = $2,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $3
  AND "expires" > $4
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = incoming.expires,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
WHERE session."id" = incoming.id
  AND session."expires" > $5
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = COALESCE($2, "expires"),
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $3
  AND "data" = $4
  AND "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = COALESCE(incoming.expires, session."expires"),
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}')) AS incoming (id, data, expires, old_data)
WHERE session."id" = incoming.id
  AND session."data" = incoming.old_data
  AND session."expires" > $7
RETURNING session."id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE "Sessions" SET
  "expires" = $1,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = ANY($2)
  AND "expires" > $3
-- bindings: [1700000200,["key-1"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE "Sessions" SET
  "expires" = $1,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = ANY($2)
  AND "expires" > $3
-- bindings: [1700000200,["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO "Sessions" ("id", "data", "expires", "created_at", "updated_at")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."id" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."expires" ELSE $4 END, session."created_at", session."updated_at"
FROM (
  SELECT *
  FROM "Sessions" AS session
  WHERE session."id" = $5
    AND session."data" = $6
    AND session."expires" > $7
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "created_at" = excluded."created_at",
  "updated_at" = excluded."updated_at"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $6)
-- bindings: [["claimed key-1"],"{\"n\":1}","\u001f",[1700000101],["key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $6)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT "id", "data", "expires", NULL AS user_id, EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "id" > $1
  AND "expires" > $2
ORDER BY "id"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- shape: timestamps, users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; touch, 1 row; touch, 3 rows

-- create
CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) COLLATE "C",
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires");
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")
-- bindings: []

-- addColumns user_id
ALTER TABLE "Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")
-- bindings: []

-- addColumns created_at, user_id
ALTER TABLE "Sessions" ADD COLUMN "created_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")
-- bindings: []

-- addColumns updated_at, user_id
ALTER TABLE "Sessions" ADD COLUMN "updated_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE "Sessions" ADD COLUMN "created_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "updated_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")
-- bindings: []

-- plan

CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) COLLATE "C",
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires");
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")

-- plan created_at, updated_at, user_id

ALTER TABLE "Sessions" ADD COLUMN "created_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "updated_at" timestamptz;
ALTER TABLE "Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")

-- select, 1 row
SELECT "id", "data", "expires", "user_id"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT "id", "data", "expires", "user_id"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
INSERT INTO "Sessions" AS session ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = CASE WHEN session."expires" > $6 THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1"],"{\"n\":1}","\u001f",[1700000101],["user-1"],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO "Sessions" AS session ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = CASE WHEN session."expires" > $6 THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $4
  AND "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
WHERE session."id" = incoming.id
  AND session."expires" > $6
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = COALESCE($2, "expires"),
  "user_id" = $3,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $4
  AND "data" = $5
  AND "expires" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = COALESCE(incoming.expires, session."expires"),
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], COALESCE(NULLIF(string_to_array($6, $7), '{}'), '{""}')) AS incoming (id, data, expires, user_id, old_data)
WHERE session."id" = incoming.id
  AND session."data" = incoming.old_data
  AND session."expires" > $8
RETURNING session."id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- move, 1 row
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data,
  "user_id" = moved.user_id
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}'), $7::text[]) AS moved (old_id, new_id, old_data, new_data, user_id)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND session."expires" > $8
-- bindings: [["key-1"],["sha256:key-1"],"{\"n\":1}","\u001f","sealed 1","\u001f",["user:1"],1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data,
  "user_id" = moved.user_id
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}'), $7::text[]) AS moved (old_id, new_id, old_data, new_data, user_id)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND session."expires" > $8
-- bindings: [["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f","sealed 1\u001fsealed 2\u001fsealed 3","\u001f",["user:1",null,null],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO "Sessions" ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."id" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."expires" ELSE $4 END, CASE part.moved WHEN 1 THEN $5 END, session."created_at", session."updated_at"
FROM (
  SELECT *
  FROM "Sessions" AS session
  WHERE session."id" = $6
    AND session."data" = $7
    AND session."expires" > $8
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = excluded."created_at",
  "updated_at" = excluded."updated_at"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $7)
-- bindings: [["claimed key-1"],"{\"n\":1}","\u001f",[1700000101],["user-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $7)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "id" > $1
  AND "expires" > $2
ORDER BY "id"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND "expires" > $2
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND "expires" > $2
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND "id" <> ALL($2)
-- bindings: [["user-1"],[]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND "id" <> ALL($2)
-- bindings: [["user-1","user:1"],["key-2","key-3"]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- shape: timestamps, absolute lifetime

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; expired; clear

-- as in shape: timestamps
--   create; addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; plan; plan created_at, updated_at

-- select, 1 row
SELECT "id", "data", "expires"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
  AND ("expires" < 0 OR COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT "id", "data", "expires"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
  AND ("expires" < 0 OR COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
INSERT INTO "Sessions" AS session ("id", "data", "expires", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "created_at" = CASE WHEN (session."expires" > $5 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds') THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1"],"{\"n\":1}","\u001f",[1700000101],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO "Sessions" AS session ("id", "data", "expires", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "created_at" = CASE WHEN (session."expires" > $5 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds') THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = $2,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $3
  AND ("expires" > $4 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = incoming.expires,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[]) AS incoming (id, data, expires)
WHERE session."id" = incoming.id
  AND (session."expires" > $5 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = COALESCE($2, "expires"),
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $3
  AND "data" = $4
  AND ("expires" > $5 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = COALESCE(incoming.expires, session."expires"),
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}')) AS incoming (id, data, expires, old_data)
WHERE session."id" = incoming.id
  AND session."data" = incoming.old_data
  AND (session."expires" > $7 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
RETURNING session."id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE "Sessions" SET
  "expires" = $1,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = ANY($2)
  AND ("expires" > $3 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [1700000200,["key-1"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE "Sessions" SET
  "expires" = $1,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = ANY($2)
  AND ("expires" > $3 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [1700000200,["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- move, 1 row
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}')) AS moved (old_id, new_id, old_data, new_data)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND (session."expires" > $7 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1"],["sha256:key-1"],"{\"n\":1}","\u001f","sealed 1","\u001f",1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}')) AS moved (old_id, new_id, old_data, new_data)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND (session."expires" > $7 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f","sealed 1\u001fsealed 2\u001fsealed 3","\u001f",1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO "Sessions" ("id", "data", "expires", "created_at", "updated_at")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."id" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."expires" ELSE $4 END, session."created_at", session."updated_at"
FROM (
  SELECT *
  FROM "Sessions" AS session
  WHERE session."id" = $5
    AND session."data" = $6
    AND (session."expires" > $7 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "created_at" = excluded."created_at",
  "updated_at" = excluded."updated_at"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE "Sessions" AS session SET
  "id" = claimed.new_id,
  "expires" = claimed.expires
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS claimed (old_id, new_id, expires)
WHERE session."id" = claimed.old_id
  AND (session."expires" > $4 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1"],["claimed key-1"],[-1700000000],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE "Sessions" AS session SET
  "id" = claimed.new_id,
  "expires" = claimed.expires
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS claimed (old_id, new_id, expires)
WHERE session."id" = claimed.old_id
  AND (session."expires" > $4 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],[-1700000000,-1700000000,-1700000000],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR (session."expires" > $6 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds'))
-- bindings: [["claimed key-1"],"{\"n\":1}","\u001f",[1700000101],["key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR (session."expires" > $6 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds'))
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- removeEnded, 1 row
DELETE FROM "Sessions"
WHERE "id" = ANY(ARRAY(
  SELECT "id"
  FROM "Sessions"
  WHERE "id" = ANY($1)
    AND NOT (("expires" > $2 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds'))
  FOR UPDATE SKIP LOCKED
))
-- bindings: [["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM "Sessions"
WHERE "id" = ANY(ARRAY(
  SELECT "id"
  FROM "Sessions"
  WHERE "id" = ANY($1)
    AND NOT (("expires" > $2 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds'))
  FOR UPDATE SKIP LOCKED
))
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT "id", "data", "expires", NULL AS user_id, EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "id" > $1
  AND ("expires" > $2 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
ORDER BY "id"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- count
SELECT count(*)
FROM "Sessions"
WHERE ("expires" > $1 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM "Sessions"
WHERE "id" LIKE $1
  AND ("expires" > $2 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- shape: users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; touch, 1 row; touch, 3 rows; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps, users
--   addColumns user_id; select, 1 row; select, 3 rows; move, 1 row; move, 3 rows; removeUser, 1 user; removeUser, 2 users, but for 2 rows

-- create
CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "user_id" varchar(100) COLLATE "C",
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires");
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")
-- bindings: []

-- plan

CREATE TABLE "Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "user_id" varchar(100) COLLATE "C",
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "Sessions" ("expires");
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")

-- plan user_id

ALTER TABLE "Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "Sessions" ("user_id")

-- upsert, 1 row
INSERT INTO "Sessions" AS session ("id", "data", "expires", "user_id")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id"
-- bindings: [["key-1"],"{\"n\":1}","\u001f",[1700000101],["user-1"]] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO "Sessions" AS session ("id", "data", "expires", "user_id")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null]] (timeout: 60000 ms)

-- update, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
WHERE "id" = $4
  AND "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
WHERE session."id" = incoming.id
  AND session."expires" > $6
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = COALESCE($2, "expires"),
  "user_id" = $3
WHERE "id" = $4
  AND "data" = $5
  AND "expires" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = COALESCE(incoming.expires, session."expires"),
  "user_id" = incoming.user_id
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], COALESCE(NULLIF(string_to_array($6, $7), '{}'), '{""}')) AS incoming (id, data, expires, user_id, old_data)
WHERE session."id" = incoming.id
  AND session."data" = incoming.old_data
  AND session."expires" > $8
RETURNING session."id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO "Sessions" ("id", "data", "expires", "user_id")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."id" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."expires" ELSE $4 END, CASE part.moved WHEN 1 THEN $5 END
FROM (
  SELECT *
  FROM "Sessions" AS session
  WHERE session."id" = $6
    AND session."data" = $7
    AND session."expires" > $8
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $7)
-- bindings: [["claimed key-1"],"{\"n\":1}","\u001f",[1700000101],["user-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $7)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT "id", "data", "expires", "user_id", NULL AS created, NULL AS updated
FROM "Sessions"
WHERE "id" > $1
  AND "expires" > $2
ORDER BY "id"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT "id", "data", "expires", "user_id", NULL AS created, NULL AS updated
FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND "expires" > $2
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT "id", "data", "expires", "user_id", NULL AS created, NULL AS updated
FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND "expires" > $2
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- shape: timestamps, users, absolute lifetime

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; expired; clear

-- as in shape: timestamps, users
--   create; addColumns user_id; addColumns created_at, user_id; addColumns updated_at, user_id; addColumns created_at, updated_at, user_id; plan; plan created_at, updated_at, user_id; removeUser, 1 user; removeUser, 2 users, but for 2 rows

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at

-- as in shape: timestamps, absolute lifetime
--   touch, 1 row; touch, 3 rows; claim, 1 row; claim, 3 rows; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed

-- select, 1 row
SELECT "id", "data", "expires", "user_id"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
  AND ("expires" < 0 OR COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT "id", "data", "expires", "user_id"
FROM "Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
  AND ("expires" < 0 OR COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
INSERT INTO "Sessions" AS session ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = CASE WHEN (session."expires" > $6 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds') THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1"],"{\"n\":1}","\u001f",[1700000101],["user-1"],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO "Sessions" AS session ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = CASE WHEN (session."expires" > $6 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds') THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $4
  AND ("expires" > $5 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
WHERE session."id" = incoming.id
  AND (session."expires" > $6 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE "Sessions" SET
  "data" = $1,
  "expires" = COALESCE($2, "expires"),
  "user_id" = $3,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = $4
  AND "data" = $5
  AND ("expires" > $6 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE "Sessions" AS session SET
  "data" = incoming.data,
  "expires" = COALESCE(incoming.expires, session."expires"),
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], COALESCE(NULLIF(string_to_array($6, $7), '{}'), '{""}')) AS incoming (id, data, expires, user_id, old_data)
WHERE session."id" = incoming.id
  AND session."data" = incoming.old_data
  AND (session."expires" > $8 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
RETURNING session."id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- move, 1 row
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data,
  "user_id" = moved.user_id
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}'), $7::text[]) AS moved (old_id, new_id, old_data, new_data, user_id)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND (session."expires" > $8 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1"],["sha256:key-1"],"{\"n\":1}","\u001f","sealed 1","\u001f",["user:1"],1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE "Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data,
  "user_id" = moved.user_id
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}'), $7::text[]) AS moved (old_id, new_id, old_data, new_data, user_id)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND (session."expires" > $8 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f","sealed 1\u001fsealed 2\u001fsealed 3","\u001f",["user:1",null,null],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO "Sessions" ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."id" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."expires" ELSE $4 END, CASE part.moved WHEN 1 THEN $5 END, session."created_at", session."updated_at"
FROM (
  SELECT *
  FROM "Sessions" AS session
  WHERE session."id" = $6
    AND session."data" = $7
    AND (session."expires" > $8 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = excluded."created_at",
  "updated_at" = excluded."updated_at"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR (session."expires" > $7 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds'))
-- bindings: [["claimed key-1"],"{\"n\":1}","\u001f",[1700000101],["user-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE "Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR (session."expires" > $7 AND COALESCE(session."created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds'))
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "id" > $1
  AND ("expires" > $2 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
ORDER BY "id"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND ("expires" > $2 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "Sessions"
WHERE "user_id" = ANY($1)
  AND ("expires" > $2 AND COALESCE("created_at", CURRENT_TIMESTAMP) > CURRENT_TIMESTAMP - interval '2592001 seconds')
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- shape: timestamps, users, in the schema app

-- as in shape: plain
--   ensureIndexes; isNarrow; widen

-- columns
SELECT attname
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass($1)
  AND attnum > 0
  AND NOT attisdropped
-- bindings: ["\"app\".\"Sessions\""] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE "app"."Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) COLLATE "C",
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "app"."Sessions" ("expires");
CREATE INDEX "Sessions_user_id_index" ON "app"."Sessions" ("user_id")
-- bindings: []

-- drop
DROP TABLE IF EXISTS "app"."Sessions"
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE "app"."Sessions" ADD COLUMN "created_at" timestamptz;
ALTER TABLE "app"."Sessions" ADD COLUMN "updated_at" timestamptz;
ALTER TABLE "app"."Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "app"."Sessions" ("user_id")
-- bindings: []

-- plan

CREATE TABLE "app"."Sessions" (
  "id" varchar(100) COLLATE "C" NOT NULL,
  "data" text NOT NULL,
  "expires" bigint NOT NULL,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) COLLATE "C",
  CONSTRAINT "Sessions_pkey" PRIMARY KEY ("id")
) WITH (fillfactor = 70);
CREATE INDEX "Sessions_expires_index" ON "app"."Sessions" ("expires");
CREATE INDEX "Sessions_user_id_index" ON "app"."Sessions" ("user_id")

-- plan created_at, updated_at, user_id

ALTER TABLE "app"."Sessions" ADD COLUMN "created_at" timestamptz;
ALTER TABLE "app"."Sessions" ADD COLUMN "updated_at" timestamptz;
ALTER TABLE "app"."Sessions" ADD COLUMN "user_id" varchar(100) COLLATE "C";
CREATE INDEX "Sessions_user_id_index" ON "app"."Sessions" ("user_id")

-- size
SELECT pg_total_relation_size(to_regclass($1))
-- bindings: ["\"app\".\"Sessions\""] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT "id", "data", "expires", "user_id"
FROM "app"."Sessions"
WHERE "id" = ANY($1)
  AND ABS("expires") > $2
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
INSERT INTO "app"."Sessions" AS session ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = CASE WHEN session."expires" > $6 THEN COALESCE(session."created_at", excluded."created_at") ELSE excluded."created_at" END,
  "updated_at" = excluded."updated_at"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "app"."Sessions" AS session SET
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
WHERE session."id" = incoming.id
  AND session."expires" > $6
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- replace, 3 rows
UPDATE "app"."Sessions" AS session SET
  "data" = incoming.data,
  "expires" = COALESCE(incoming.expires, session."expires"),
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], COALESCE(NULLIF(string_to_array($6, $7), '{}'), '{""}')) AS incoming (id, data, expires, user_id, old_data)
WHERE session."id" = incoming.id
  AND session."data" = incoming.old_data
  AND session."expires" > $8
RETURNING session."id"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
UPDATE "app"."Sessions" SET
  "expires" = $1,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
WHERE "id" = ANY($2)
  AND "expires" > $3
-- bindings: [1700000200,["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM "app"."Sessions"
WHERE "id" = ANY($1)
-- bindings: [["key-1","key-2","key-3"]] (timeout: 60000 ms)

-- move, 3 rows
UPDATE "app"."Sessions" AS session SET
  "id" = moved.new_id,
  "data" = moved.new_data,
  "user_id" = moved.user_id
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}'), $7::text[]) AS moved (old_id, new_id, old_data, new_data, user_id)
WHERE session."id" = moved.old_id
  AND session."data" = moved.old_data
  AND session."expires" > $8
-- bindings: [["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f","sealed 1\u001fsealed 2\u001fsealed 3","\u001f",["user:1",null,null],1700000000] (timeout: 60000 ms)

-- end, 3 rows
DELETE FROM "app"."Sessions"
WHERE "id" = ANY($1)
  AND "expires" >= 0
-- bindings: [["key-1","key-2","key-3"]] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO "app"."Sessions" ("id", "data", "expires", "user_id", "created_at", "updated_at")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."id" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."expires" ELSE $4 END, CASE part.moved WHEN 1 THEN $5 END, session."created_at", session."updated_at"
FROM (
  SELECT *
  FROM "app"."Sessions" AS session
  WHERE session."id" = $6
    AND session."data" = $7
    AND session."expires" > $8
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("id") DO UPDATE SET
  "data" = excluded."data",
  "expires" = excluded."expires",
  "user_id" = excluded."user_id",
  "created_at" = excluded."created_at",
  "updated_at" = excluded."updated_at"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE "app"."Sessions" AS session SET
  "id" = claimed.new_id,
  "expires" = claimed.expires
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS claimed (old_id, new_id, expires)
WHERE session."id" = claimed.old_id
  AND session."expires" > $4
-- bindings: [["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],[-1700000000,-1700000000,-1700000000],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE "app"."Sessions" AS session SET
  "id" = incoming.new_id,
  "data" = incoming.data,
  "expires" = incoming.expires,
  "user_id" = incoming.user_id,
  "created_at" = COALESCE("created_at", CURRENT_TIMESTAMP),
  "updated_at" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."id" = incoming.id
  AND (session."expires" < 0 OR session."expires" > $7)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- expired
SELECT "id", "expires"
FROM "app"."Sessions"
WHERE "expires" BETWEEN $1 AND $2
ORDER BY "expires"
LIMIT $3
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM "app"."Sessions"
WHERE "id" = ANY(ARRAY(
  SELECT "id"
  FROM "app"."Sessions"
  WHERE "id" = ANY($1)
    AND NOT ("expires" > $2)
  FOR UPDATE SKIP LOCKED
))
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "app"."Sessions"
WHERE "id" > $1
  AND "expires" > $2
ORDER BY "id"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "app"."Sessions"
WHERE "user_id" = ANY($1)
  AND "expires" > $2
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT "id", "data", "expires", "user_id", EXTRACT(EPOCH FROM "created_at") AS created, EXTRACT(EPOCH FROM "updated_at") AS updated
FROM "app"."Sessions"
WHERE "user_id" = ANY($1)
  AND "expires" > $2
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM "app"."Sessions"
WHERE "user_id" = ANY($1)
  AND "id" <> ALL($2)
-- bindings: [["user-1"],[]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM "app"."Sessions"
WHERE "user_id" = ANY($1)
  AND "id" <> ALL($2)
-- bindings: [["user-1","user:1"],["key-2","key-3"]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- count
SELECT count(*)
FROM "app"."Sessions"
WHERE "expires" > $1
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM "app"."Sessions"
WHERE "id" LIKE $1
  AND "expires" > $2
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM "app"."Sessions"
-- bindings: []

-- shape: timestamps, users, with names in need of quotes, and a wrapIdentifier

-- as in shape: plain
--   ensureIndexes; isNarrow; widen

-- columns
SELECT attname
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass($1)
  AND attnum > 0
  AND NOT attisdropped
-- bindings: ["\"MY`\"\"APP\".\"USER'S`\"\"SESSIONS\""] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE "MY`""APP"."USER'S`""SESSIONS" (
  "ID" varchar(100) COLLATE "C" NOT NULL,
  "DATA" text NOT NULL,
  "EXPIRES" bigint NOT NULL,
  "CREATED_AT" timestamptz,
  "UPDATED_AT" timestamptz,
  "USER_ID" varchar(100) COLLATE "C",
  CONSTRAINT "USER'S`""SESSIONS_PKEY" PRIMARY KEY ("ID")
) WITH (fillfactor = 70);
CREATE INDEX "USER'S`""SESSIONS_EXPIRES_INDEX" ON "MY`""APP"."USER'S`""SESSIONS" ("EXPIRES");
CREATE INDEX "USER'S`""SESSIONS_USER_ID_INDEX" ON "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")
-- bindings: []

-- drop
DROP TABLE IF EXISTS "MY`""APP"."USER'S`""SESSIONS"
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE "MY`""APP"."USER'S`""SESSIONS" ADD COLUMN "CREATED_AT" timestamptz;
ALTER TABLE "MY`""APP"."USER'S`""SESSIONS" ADD COLUMN "UPDATED_AT" timestamptz;
ALTER TABLE "MY`""APP"."USER'S`""SESSIONS" ADD COLUMN "USER_ID" varchar(100) COLLATE "C";
CREATE INDEX "USER'S`""SESSIONS_USER_ID_INDEX" ON "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")
-- bindings: []

-- plan

CREATE TABLE "MY`""APP"."USER'S`""SESSIONS" (
  "ID" varchar(100) COLLATE "C" NOT NULL,
  "DATA" text NOT NULL,
  "EXPIRES" bigint NOT NULL,
  "CREATED_AT" timestamptz,
  "UPDATED_AT" timestamptz,
  "USER_ID" varchar(100) COLLATE "C",
  CONSTRAINT "USER'S`""SESSIONS_PKEY" PRIMARY KEY ("ID")
) WITH (fillfactor = 70);
CREATE INDEX "USER'S`""SESSIONS_EXPIRES_INDEX" ON "MY`""APP"."USER'S`""SESSIONS" ("EXPIRES");
CREATE INDEX "USER'S`""SESSIONS_USER_ID_INDEX" ON "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")

-- plan created_at, updated_at, user_id

ALTER TABLE "MY`""APP"."USER'S`""SESSIONS" ADD COLUMN "CREATED_AT" timestamptz;
ALTER TABLE "MY`""APP"."USER'S`""SESSIONS" ADD COLUMN "UPDATED_AT" timestamptz;
ALTER TABLE "MY`""APP"."USER'S`""SESSIONS" ADD COLUMN "USER_ID" varchar(100) COLLATE "C";
CREATE INDEX "USER'S`""SESSIONS_USER_ID_INDEX" ON "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")

-- size
SELECT pg_total_relation_size(to_regclass($1))
-- bindings: ["\"MY`\"\"APP\".\"USER'S`\"\"SESSIONS\""] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT "ID", "DATA", "EXPIRES", "USER_ID"
FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "ID" = ANY($1)
  AND ABS("EXPIRES") > $2
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
INSERT INTO "MY`""APP"."USER'S`""SESSIONS" AS session ("ID", "DATA", "EXPIRES", "USER_ID", "CREATED_AT", "UPDATED_AT")
SELECT incoming.id, incoming.data, incoming.expires, incoming.user_id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
ON CONFLICT ("ID") DO UPDATE SET
  "DATA" = excluded."DATA",
  "EXPIRES" = excluded."EXPIRES",
  "USER_ID" = excluded."USER_ID",
  "CREATED_AT" = CASE WHEN session."EXPIRES" > $6 THEN COALESCE(session."CREATED_AT", excluded."CREATED_AT") ELSE excluded."CREATED_AT" END,
  "UPDATED_AT" = excluded."UPDATED_AT"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE "MY`""APP"."USER'S`""SESSIONS" AS session SET
  "DATA" = incoming.data,
  "EXPIRES" = incoming.expires,
  "USER_ID" = incoming.user_id,
  "CREATED_AT" = COALESCE("CREATED_AT", CURRENT_TIMESTAMP),
  "UPDATED_AT" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[]) AS incoming (id, data, expires, user_id)
WHERE session."ID" = incoming.id
  AND session."EXPIRES" > $6
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],1700000000] (timeout: 60000 ms)

-- replace, 3 rows
UPDATE "MY`""APP"."USER'S`""SESSIONS" AS session SET
  "DATA" = incoming.data,
  "EXPIRES" = COALESCE(incoming.expires, session."EXPIRES"),
  "USER_ID" = incoming.user_id,
  "CREATED_AT" = COALESCE("CREATED_AT", CURRENT_TIMESTAMP),
  "UPDATED_AT" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], COALESCE(NULLIF(string_to_array($6, $7), '{}'), '{""}')) AS incoming (id, data, expires, user_id, old_data)
WHERE session."ID" = incoming.id
  AND session."DATA" = incoming.old_data
  AND session."EXPIRES" > $8
RETURNING session."ID"
-- bindings: [["key-1","key-2","key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],"as loaded\u001fas loaded\u001fas loaded","\u001f",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
UPDATE "MY`""APP"."USER'S`""SESSIONS" SET
  "EXPIRES" = $1,
  "CREATED_AT" = COALESCE("CREATED_AT", CURRENT_TIMESTAMP),
  "UPDATED_AT" = CURRENT_TIMESTAMP
WHERE "ID" = ANY($2)
  AND "EXPIRES" > $3
-- bindings: [1700000200,["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "ID" = ANY($1)
-- bindings: [["key-1","key-2","key-3"]] (timeout: 60000 ms)

-- move, 3 rows
UPDATE "MY`""APP"."USER'S`""SESSIONS" AS session SET
  "ID" = moved.new_id,
  "DATA" = moved.new_data,
  "USER_ID" = moved.user_id
FROM unnest($1::text[], $2::text[], COALESCE(NULLIF(string_to_array($3, $4), '{}'), '{""}'), COALESCE(NULLIF(string_to_array($5, $6), '{}'), '{""}'), $7::text[]) AS moved (old_id, new_id, old_data, new_data, user_id)
WHERE session."ID" = moved.old_id
  AND session."DATA" = moved.old_data
  AND session."EXPIRES" > $8
-- bindings: [["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f","sealed 1\u001fsealed 2\u001fsealed 3","\u001f",["user:1",null,null],1700000000] (timeout: 60000 ms)

-- end, 3 rows
DELETE FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "ID" = ANY($1)
  AND "EXPIRES" >= 0
-- bindings: [["key-1","key-2","key-3"]] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO "MY`""APP"."USER'S`""SESSIONS" ("ID", "DATA", "EXPIRES", "USER_ID", "CREATED_AT", "UPDATED_AT")
SELECT CASE part.moved WHEN 1 THEN $1 ELSE session."ID" END, CASE part.moved WHEN 1 THEN $2 ELSE $3 END, CASE part.moved WHEN 1 THEN session."EXPIRES" ELSE $4 END, CASE part.moved WHEN 1 THEN $5 END, session."CREATED_AT", session."UPDATED_AT"
FROM (
  SELECT *
  FROM "MY`""APP"."USER'S`""SESSIONS" AS session
  WHERE session."ID" = $6
    AND session."DATA" = $7
    AND session."EXPIRES" > $8
  FOR UPDATE
) AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
ON CONFLICT ("ID") DO UPDATE SET
  "DATA" = excluded."DATA",
  "EXPIRES" = excluded."EXPIRES",
  "USER_ID" = excluded."USER_ID",
  "CREATED_AT" = excluded."CREATED_AT",
  "UPDATED_AT" = excluded."UPDATED_AT"
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE "MY`""APP"."USER'S`""SESSIONS" AS session SET
  "ID" = claimed.new_id,
  "EXPIRES" = claimed.expires
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS claimed (old_id, new_id, expires)
WHERE session."ID" = claimed.old_id
  AND session."EXPIRES" > $4
-- bindings: [["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],[-1700000000,-1700000000,-1700000000],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE "MY`""APP"."USER'S`""SESSIONS" AS session SET
  "ID" = incoming.new_id,
  "DATA" = incoming.data,
  "EXPIRES" = incoming.expires,
  "USER_ID" = incoming.user_id,
  "CREATED_AT" = COALESCE("CREATED_AT", CURRENT_TIMESTAMP),
  "UPDATED_AT" = CURRENT_TIMESTAMP
FROM unnest($1::text[], COALESCE(NULLIF(string_to_array($2, $3), '{}'), '{""}'), $4::bigint[], $5::text[], $6::text[]) AS incoming (id, data, expires, user_id, new_id)
WHERE session."ID" = incoming.id
  AND (session."EXPIRES" < 0 OR session."EXPIRES" > $7)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],"{\"n\":1}\u001f{\"n\":2}\u001f{\"n\":3}","\u001f",[1700000101,1700000102,1700000103],["user-1",null,null],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- expired
SELECT "ID", "EXPIRES"
FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "EXPIRES" BETWEEN $1 AND $2
ORDER BY "EXPIRES"
LIMIT $3
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "ID" = ANY(ARRAY(
  SELECT "ID"
  FROM "MY`""APP"."USER'S`""SESSIONS"
  WHERE "ID" = ANY($1)
    AND NOT ("EXPIRES" > $2)
  FOR UPDATE SKIP LOCKED
))
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT "ID", "DATA", "EXPIRES", "USER_ID", EXTRACT(EPOCH FROM "CREATED_AT") AS created, EXTRACT(EPOCH FROM "UPDATED_AT") AS updated
FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "ID" > $1
  AND "EXPIRES" > $2
ORDER BY "ID"
LIMIT $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT "ID", "DATA", "EXPIRES", "USER_ID", EXTRACT(EPOCH FROM "CREATED_AT") AS created, EXTRACT(EPOCH FROM "UPDATED_AT") AS updated
FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "USER_ID" = ANY($1)
  AND "EXPIRES" > $2
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT "ID", "DATA", "EXPIRES", "USER_ID", EXTRACT(EPOCH FROM "CREATED_AT") AS created, EXTRACT(EPOCH FROM "UPDATED_AT") AS updated
FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "USER_ID" = ANY($1)
  AND "EXPIRES" > $2
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "USER_ID" = ANY($1)
  AND "ID" <> ALL($2)
-- bindings: [["user-1"],[]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "USER_ID" = ANY($1)
  AND "ID" <> ALL($2)
-- bindings: [["user-1","user:1"],["key-2","key-3"]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- count
SELECT count(*)
FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "EXPIRES" > $1
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM "MY`""APP"."USER'S`""SESSIONS"
WHERE "ID" LIKE $1
  AND "EXPIRES" > $2
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM "MY`""APP"."USER'S`""SESSIONS"
-- bindings: []
