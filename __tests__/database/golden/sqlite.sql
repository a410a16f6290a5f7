-- sqlite: {"asciiOnly":false,"maxRows":500,"sweepRows":100}

-- shape: plain

-- columns
SELECT name
FROM pragma_table_info(?, ?)
-- bindings: ["Sessions",null]
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL
)
-- bindings: []

-- ensureIndexes
CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)
-- bindings: []

-- drop
DROP TABLE IF EXISTS `Sessions`
-- bindings: []

-- isNarrow
-- sends nothing
-- resolves with false; with one row, false

-- widen
-- sends nothing

-- plan

CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL
)

CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)

-- size
SELECT sum(pgsize) AS size
FROM dbstat(?)
WHERE name = ? COLLATE NOCASE
  OR name IN (
  SELECT name
  FROM main.sqlite_master
  WHERE tbl_name = ? COLLATE NOCASE
)
-- bindings: ["main","Sessions","Sessions"]
-- resolves with "(undefined)"; with one row, 16384

-- select, 1 row
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
-- bindings: ["key-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?, ?, ?)
  AND ABS(`expires`) > ?
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`)
VALUES (?, ?, ?)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`
-- bindings: ["key-1","{\"n\":1}",1700000101]

-- upsert, 3 rows
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`)
VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-2","{\"n\":2}",1700000102,"key-3","{\"n\":3}",1700000103]

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = ?
WHERE `id` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000]

-- update, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column2,
  `expires` = incoming.column3
FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column1
  AND session.`expires` > ?
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-2","{\"n\":2}",1700000102,"key-3","{\"n\":3}",1700000103,1700000000]

-- replace, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = COALESCE(?, `expires`)
WHERE `id` = ?
  AND `data` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column3,
  `expires` = COALESCE(incoming.column4, session.`expires`)
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND session.`data` = incoming.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"as loaded","key-2","{\"n\":2}",1700000102,"as loaded","key-3","{\"n\":3}",1700000103,1700000000]
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE `Sessions` SET
  `expires` = ?
WHERE `id` IN (?)
  AND `expires` > ?
-- bindings: [1700000200,"key-1",1700000000]

-- touch, 3 rows
UPDATE `Sessions` SET
  `expires` = ?
WHERE `id` IN (?, ?, ?)
  AND `expires` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000]

-- remove, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
-- bindings: ["key-1"]

-- remove, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"]

-- move, 1 row
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4
FROM (VALUES (?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND session.`expires` > ?
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1",1700000000]

-- move, 3 rows
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND session.`expires` > ?
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","key-2","key-2","{\"n\":2}","sealed 2","key-3","sha256:key-3","{\"n\":3}","sealed 3",1700000000]

-- end, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND `expires` >= 0
RETURNING `id`
-- bindings: ["key-1"]
-- resolves with {}; with one row, "(undefined)"

-- end, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?, ?, ?)
  AND `expires` >= 0
RETURNING `id`
-- bindings: ["key-1","key-2","key-3"]
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND session.`data` = ?
  AND session.`expires` > ?
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`
RETURNING `id`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE `Sessions` AS session SET
  `id` = claimed.column2,
  `expires` = claimed.column3
FROM (VALUES (?, ?, ?)) AS claimed
WHERE session.`id` = claimed.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["key-1","claimed key-1",-1700000000,1700000000]
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `Sessions` AS session SET
  `id` = claimed.column2,
  `expires` = claimed.column3
FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS claimed
WHERE session.`id` = claimed.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["key-1","claimed key-1",-1700000000,"key-2","claimed key-2",-1700000000,"key-3","claimed key-3",-1700000000,1700000000]
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4
FROM (VALUES (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,1700000000]

-- rename, 3 rows
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"key-2","claimed key-2","{\"n\":2}",1700000102,"key-3","claimed key-3","{\"n\":3}",1700000103,1700000000]

-- expired
SELECT `id`, `expires`
FROM `Sessions`
WHERE `expires` BETWEEN ? AND ?
ORDER BY `expires`
LIMIT ?
-- bindings: [1699999700,1700000000,50]
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND NOT (`expires` > ?)
RETURNING 1
-- bindings: ["key-1",1700000000]
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?, ?, ?)
  AND NOT (`expires` > ?)
RETURNING 1
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with 0; with one row, 1

-- page
SELECT `id`, `data`, `expires`, NULL AS user_id, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- count
SELECT count(*)
FROM `Sessions`
WHERE `expires` > ?
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM `Sessions`
WHERE `id` LIKE ?
  AND `expires` > ?
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM `Sessions`
-- bindings: []

-- shape: timestamps

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; select, 1 row; select, 3 rows; remove, 1 row; remove, 3 rows; move, 1 row; move, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- create
CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime,
  `updated_at` datetime
)
-- bindings: []

-- addColumns created_at
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime
-- bindings: []

-- addColumns updated_at
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime
-- bindings: []

-- addColumns created_at, updated_at
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime
-- bindings: []

-- plan

CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime,
  `updated_at` datetime
)

CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)

-- plan created_at, updated_at

ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime

ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime

CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)

-- upsert, 1 row
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `created_at` = CASE WHEN session.`expires` > ? THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,1700000000]

-- upsert, 3 rows
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `created_at` = CASE WHEN session.`expires` > ? THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-2","{\"n\":2}",1700000102,"key-3","{\"n\":3}",1700000103,1700000000]

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000]

-- update, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column2,
  `expires` = incoming.column3,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column1
  AND session.`expires` > ?
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-2","{\"n\":2}",1700000102,"key-3","{\"n\":3}",1700000103,1700000000]

-- replace, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = COALESCE(?, `expires`),
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND `data` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column3,
  `expires` = COALESCE(incoming.column4, session.`expires`),
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND session.`data` = incoming.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"as loaded","key-2","{\"n\":2}",1700000102,"as loaded","key-3","{\"n\":3}",1700000103,1700000000]
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` IN (?)
  AND `expires` > ?
-- bindings: [1700000200,"key-1",1700000000]

-- touch, 3 rows
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` IN (?, ?, ?)
  AND `expires` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000]

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND session.`data` = ?
  AND session.`expires` > ?
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `created_at` = excluded.`created_at`,
  `updated_at` = excluded.`updated_at`
RETURNING `id`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,1700000000]

-- rename, 3 rows
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"key-2","claimed key-2","{\"n\":2}",1700000102,"key-3","claimed key-3","{\"n\":3}",1700000103,1700000000]

-- page
SELECT `id`, `data`, `expires`, NULL AS user_id, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- shape: timestamps, users

-- as in shape: plain
--   columns; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; touch, 1 row; touch, 3 rows

-- create
CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100)
)
-- bindings: []

-- ensureIndexes
CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)
-- bindings: []
CREATE INDEX IF NOT EXISTS `Sessions_user_id_index` ON `Sessions` (`user_id`)
-- bindings: []

-- addColumns user_id
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100)
-- bindings: []

-- addColumns created_at, user_id
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100)
-- bindings: []

-- addColumns updated_at, user_id
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100)
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100)
-- bindings: []

-- plan

CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100)
)

CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)

CREATE INDEX IF NOT EXISTS `Sessions_user_id_index` ON `Sessions` (`user_id`)

-- plan created_at, updated_at, user_id

ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime

ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime

ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100)

CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)

CREATE INDEX IF NOT EXISTS `Sessions_user_id_index` ON `Sessions` (`user_id`)

-- select, 1 row
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
-- bindings: ["key-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?, ?, ?)
  AND ABS(`expires`) > ?
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = CASE WHEN session.`expires` > ? THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1",1700000000]

-- upsert, 3 rows
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = CASE WHEN session.`expires` > ? THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000]

-- update, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column2,
  `expires` = incoming.column3,
  `user_id` = incoming.column4,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column1
  AND session.`expires` > ?
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- replace, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = COALESCE(?, `expires`),
  `user_id` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND `data` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column3,
  `expires` = COALESCE(incoming.column4, session.`expires`),
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND session.`data` = incoming.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"user-1","as loaded","key-2","{\"n\":2}",1700000102,null,"as loaded","key-3","{\"n\":3}",1700000103,null,1700000000]
-- resolves with {}; with one row, {}

-- move, 1 row
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4,
  `user_id` = moved.column5
FROM (VALUES (?, ?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND session.`expires` > ?
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","user:1",1700000000]

-- move, 3 rows
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4,
  `user_id` = moved.column5
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND session.`expires` > ?
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","user:1","key-2","key-2","{\"n\":2}","sealed 2",null,"key-3","sha256:key-3","{\"n\":3}","sealed 3",null,1700000000]

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND session.`data` = ?
  AND session.`expires` > ?
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = excluded.`created_at`,
  `updated_at` = excluded.`updated_at`
RETURNING `id`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1",1700000000]

-- rename, 3 rows
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1","key-2","claimed key-2","{\"n\":2}",1700000102,null,"key-3","claimed key-3","{\"n\":3}",1700000103,null,1700000000]

-- page
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: ["user-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `user_id` IN (?, ?)
  AND `expires` > ?
-- bindings: ["user-1","user:1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM `Sessions`
WHERE `user_id` IN (?)
  AND `id` NOT IN ()
RETURNING 1
-- bindings: ["user-1"]
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM `Sessions`
WHERE `user_id` IN (?, ?)
  AND `id` NOT IN (?, ?)
RETURNING 1
-- bindings: ["user-1","user:1","key-2","key-3"]
-- resolves with 0; with one row, 1

-- shape: timestamps, absolute lifetime

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; expired; clear

-- as in shape: timestamps
--   create; addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; plan; plan created_at, updated_at

-- select, 1 row
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?, ?, ?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `created_at` = CASE WHEN (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')) THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,1700000000]

-- upsert, 3 rows
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `created_at` = CASE WHEN (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')) THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-2","{\"n\":2}",1700000102,"key-3","{\"n\":3}",1700000103,1700000000]

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000]

-- update, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column2,
  `expires` = incoming.column3,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column1
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","{\"n\":1}",1700000101,"key-2","{\"n\":2}",1700000102,"key-3","{\"n\":3}",1700000103,1700000000]

-- replace, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = COALESCE(?, `expires`),
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND `data` = ?
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column3,
  `expires` = COALESCE(incoming.column4, session.`expires`),
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND session.`data` = incoming.column1
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
RETURNING `id`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"as loaded","key-2","{\"n\":2}",1700000102,"as loaded","key-3","{\"n\":3}",1700000103,1700000000]
-- resolves with {}; with one row, {}

-- touch, 1 row
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: [1700000200,"key-1",1700000000]

-- touch, 3 rows
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` IN (?, ?, ?)
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000]

-- move, 1 row
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4
FROM (VALUES (?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1",1700000000]

-- move, 3 rows
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","key-2","key-2","{\"n\":2}","sealed 2","key-3","sha256:key-3","{\"n\":3}","sealed 3",1700000000]

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND session.`data` = ?
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `created_at` = excluded.`created_at`,
  `updated_at` = excluded.`updated_at`
RETURNING `id`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE `Sessions` AS session SET
  `id` = claimed.column2,
  `expires` = claimed.column3
FROM (VALUES (?, ?, ?)) AS claimed
WHERE session.`id` = claimed.column1
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
RETURNING `id`
-- bindings: ["key-1","claimed key-1",-1700000000,1700000000]
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `Sessions` AS session SET
  `id` = claimed.column2,
  `expires` = claimed.column3
FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS claimed
WHERE session.`id` = claimed.column1
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
RETURNING `id`
-- bindings: ["key-1","claimed key-1",-1700000000,"key-2","claimed key-2",-1700000000,"key-3","claimed key-3",-1700000000,1700000000]
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')))
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,1700000000]

-- rename, 3 rows
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')))
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"key-2","claimed key-2","{\"n\":2}",1700000102,"key-3","claimed key-3","{\"n\":3}",1700000103,1700000000]

-- removeEnded, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND NOT ((`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')))
RETURNING 1
-- bindings: ["key-1",1700000000]
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?, ?, ?)
  AND NOT ((`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')))
RETURNING 1
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with 0; with one row, 1

-- page
SELECT `id`, `data`, `expires`, NULL AS user_id, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- count
SELECT count(*)
FROM `Sessions`
WHERE (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM `Sessions`
WHERE `id` LIKE ?
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- shape: users

-- as in shape: plain
--   columns; drop; isNarrow; widen; size; touch, 1 row; touch, 3 rows; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps, users
--   ensureIndexes; addColumns user_id; select, 1 row; select, 3 rows; move, 1 row; move, 3 rows; removeUser, 1 user; removeUser, 2 users, but for 2 rows

-- create
CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `user_id` varchar(100)
)
-- bindings: []

-- plan

CREATE TABLE IF NOT EXISTS `Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `user_id` varchar(100)
)

CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)

CREATE INDEX IF NOT EXISTS `Sessions_user_id_index` ON `Sessions` (`user_id`)

-- plan user_id

ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100)

CREATE INDEX IF NOT EXISTS `Sessions_expires_index` ON `Sessions` (`expires`)

CREATE INDEX IF NOT EXISTS `Sessions_user_id_index` ON `Sessions` (`user_id`)

-- upsert, 1 row
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `user_id`)
VALUES (?, ?, ?, ?)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1"]

-- upsert, 3 rows
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `user_id`)
VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null]

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
WHERE `id` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000]

-- update, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column2,
  `expires` = incoming.column3,
  `user_id` = incoming.column4
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column1
  AND session.`expires` > ?
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- replace, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = COALESCE(?, `expires`),
  `user_id` = ?
WHERE `id` = ?
  AND `data` = ?
  AND `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column3,
  `expires` = COALESCE(incoming.column4, session.`expires`),
  `user_id` = incoming.column5
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND session.`data` = incoming.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"user-1","as loaded","key-2","{\"n\":2}",1700000102,null,"as loaded","key-3","{\"n\":3}",1700000103,null,1700000000]
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND session.`data` = ?
  AND session.`expires` > ?
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`
RETURNING `id`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `user_id` = incoming.column5
FROM (VALUES (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1",1700000000]

-- rename, 3 rows
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `user_id` = incoming.column5
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1","key-2","claimed key-2","{\"n\":2}",1700000102,null,"key-3","claimed key-3","{\"n\":3}",1700000103,null,1700000000]

-- page
SELECT `id`, `data`, `expires`, `user_id`, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: ["user-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `user_id` IN (?, ?)
  AND `expires` > ?
-- bindings: ["user-1","user:1",1700000000]
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
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?, ?, ?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = CASE WHEN (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')) THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1",1700000000]

-- upsert, 3 rows
INSERT INTO `Sessions` AS session (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = CASE WHEN (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')) THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000]

-- update, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column2,
  `expires` = incoming.column3,
  `user_id` = incoming.column4,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column1
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- replace, 1 row
UPDATE `Sessions` SET
  `data` = ?,
  `expires` = COALESCE(?, `expires`),
  `user_id` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` = ?
  AND `data` = ?
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` AS session SET
  `data` = incoming.column3,
  `expires` = COALESCE(incoming.column4, session.`expires`),
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND session.`data` = incoming.column1
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
RETURNING `id`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"user-1","as loaded","key-2","{\"n\":2}",1700000102,null,"as loaded","key-3","{\"n\":3}",1700000103,null,1700000000]
-- resolves with {}; with one row, {}

-- move, 1 row
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4,
  `user_id` = moved.column5
FROM (VALUES (?, ?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","user:1",1700000000]

-- move, 3 rows
UPDATE `Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4,
  `user_id` = moved.column5
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","user:1","key-2","key-2","{\"n\":2}","sealed 2",null,"key-3","sha256:key-3","{\"n\":3}","sealed 3",null,1700000000]

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND session.`data` = ?
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = excluded.`created_at`,
  `updated_at` = excluded.`updated_at`
RETURNING `id`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')))
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1",1700000000]

-- rename, 3 rows
UPDATE `Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR (session.`expires` > ? AND COALESCE(session.`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds')))
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1","key-2","claimed key-2","{\"n\":2}",1700000102,null,"key-3","claimed key-3","{\"n\":3}",1700000103,null,1700000000]

-- page
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["user-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `Sessions`
WHERE `user_id` IN (?, ?)
  AND (`expires` > ? AND COALESCE(`created_at`, CURRENT_TIMESTAMP) > datetime('now', '-2592001 seconds'))
-- bindings: ["user-1","user:1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- shape: timestamps, users, in the schema app

-- as in shape: plain
--   isNarrow; widen

-- columns
SELECT name
FROM pragma_table_info(?, ?)
-- bindings: ["Sessions","app"]
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE IF NOT EXISTS `app`.`Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100)
)
-- bindings: []

-- ensureIndexes
CREATE INDEX IF NOT EXISTS `app`.`Sessions_expires_index` ON `Sessions` (`expires`)
-- bindings: []
CREATE INDEX IF NOT EXISTS `app`.`Sessions_user_id_index` ON `Sessions` (`user_id`)
-- bindings: []

-- drop
DROP TABLE IF EXISTS `app`.`Sessions`
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE `app`.`Sessions` ADD COLUMN `created_at` datetime
-- bindings: []
ALTER TABLE `app`.`Sessions` ADD COLUMN `updated_at` datetime
-- bindings: []
ALTER TABLE `app`.`Sessions` ADD COLUMN `user_id` varchar(100)
-- bindings: []

-- plan

CREATE TABLE IF NOT EXISTS `app`.`Sessions` (
  `id` varchar(100) NOT NULL PRIMARY KEY,
  `data` text NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100)
)

CREATE INDEX IF NOT EXISTS `app`.`Sessions_expires_index` ON `Sessions` (`expires`)

CREATE INDEX IF NOT EXISTS `app`.`Sessions_user_id_index` ON `Sessions` (`user_id`)

-- plan created_at, updated_at, user_id

ALTER TABLE `app`.`Sessions` ADD COLUMN `created_at` datetime

ALTER TABLE `app`.`Sessions` ADD COLUMN `updated_at` datetime

ALTER TABLE `app`.`Sessions` ADD COLUMN `user_id` varchar(100)

CREATE INDEX IF NOT EXISTS `app`.`Sessions_expires_index` ON `Sessions` (`expires`)

CREATE INDEX IF NOT EXISTS `app`.`Sessions_user_id_index` ON `Sessions` (`user_id`)

-- size
SELECT sum(pgsize) AS size
FROM dbstat(?)
WHERE name = ? COLLATE NOCASE
  OR name IN (
  SELECT name
  FROM `app`.sqlite_master
  WHERE tbl_name = ? COLLATE NOCASE
)
-- bindings: ["app","Sessions","Sessions"]
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT `id`, `data`, `expires`, `user_id`
FROM `app`.`Sessions`
WHERE `id` IN (?, ?, ?)
  AND ABS(`expires`) > ?
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
INSERT INTO `app`.`Sessions` AS session (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = CASE WHEN session.`expires` > ? THEN COALESCE(session.`created_at`, excluded.`created_at`) ELSE excluded.`created_at` END,
  `updated_at` = excluded.`updated_at`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- update, 3 rows
UPDATE `app`.`Sessions` AS session SET
  `data` = incoming.column2,
  `expires` = incoming.column3,
  `user_id` = incoming.column4,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column1
  AND session.`expires` > ?
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- replace, 3 rows
UPDATE `app`.`Sessions` AS session SET
  `data` = incoming.column3,
  `expires` = COALESCE(incoming.column4, session.`expires`),
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND session.`data` = incoming.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"user-1","as loaded","key-2","{\"n\":2}",1700000102,null,"as loaded","key-3","{\"n\":3}",1700000103,null,1700000000]
-- resolves with {}; with one row, {}

-- touch, 3 rows
UPDATE `app`.`Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
WHERE `id` IN (?, ?, ?)
  AND `expires` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000]

-- remove, 3 rows
DELETE FROM `app`.`Sessions`
WHERE `id` IN (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"]

-- move, 3 rows
UPDATE `app`.`Sessions` AS session SET
  `id` = moved.column2,
  `data` = moved.column4,
  `user_id` = moved.column5
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS moved
WHERE session.`id` = moved.column1
  AND session.`data` = moved.column3
  AND session.`expires` > ?
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","user:1","key-2","key-2","{\"n\":2}","sealed 2",null,"key-3","sha256:key-3","{\"n\":3}","sealed 3",null,1700000000]

-- end, 3 rows
DELETE FROM `app`.`Sessions`
WHERE `id` IN (?, ?, ?)
  AND `expires` >= 0
RETURNING `id`
-- bindings: ["key-1","key-2","key-3"]
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO `app`.`Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`created_at`, session.`updated_at`
FROM `app`.`Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND session.`data` = ?
  AND session.`expires` > ?
ON CONFLICT (`id`) DO UPDATE SET
  `data` = excluded.`data`,
  `expires` = excluded.`expires`,
  `user_id` = excluded.`user_id`,
  `created_at` = excluded.`created_at`,
  `updated_at` = excluded.`updated_at`
RETURNING `id`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `app`.`Sessions` AS session SET
  `id` = claimed.column2,
  `expires` = claimed.column3
FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS claimed
WHERE session.`id` = claimed.column1
  AND session.`expires` > ?
RETURNING `id`
-- bindings: ["key-1","claimed key-1",-1700000000,"key-2","claimed key-2",-1700000000,"key-3","claimed key-3",-1700000000,1700000000]
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE `app`.`Sessions` AS session SET
  `id` = incoming.column1,
  `data` = incoming.column3,
  `expires` = incoming.column4,
  `user_id` = incoming.column5,
  `created_at` = COALESCE(`created_at`, CURRENT_TIMESTAMP),
  `updated_at` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`id` = incoming.column2
  AND (session.`expires` < 0 OR session.`expires` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1","key-2","claimed key-2","{\"n\":2}",1700000102,null,"key-3","claimed key-3","{\"n\":3}",1700000103,null,1700000000]

-- expired
SELECT `id`, `expires`
FROM `app`.`Sessions`
WHERE `expires` BETWEEN ? AND ?
ORDER BY `expires`
LIMIT ?
-- bindings: [1699999700,1700000000,50]
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM `app`.`Sessions`
WHERE `id` IN (?, ?, ?)
  AND NOT (`expires` > ?)
RETURNING 1
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with 0; with one row, 1

-- page
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `app`.`Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `app`.`Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: ["user-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, CAST(strftime('%s', `created_at`) AS INTEGER) AS created, CAST(strftime('%s', `updated_at`) AS INTEGER) AS updated
FROM `app`.`Sessions`
WHERE `user_id` IN (?, ?)
  AND `expires` > ?
-- bindings: ["user-1","user:1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM `app`.`Sessions`
WHERE `user_id` IN (?)
  AND `id` NOT IN ()
RETURNING 1
-- bindings: ["user-1"]
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM `app`.`Sessions`
WHERE `user_id` IN (?, ?)
  AND `id` NOT IN (?, ?)
RETURNING 1
-- bindings: ["user-1","user:1","key-2","key-3"]
-- resolves with 0; with one row, 1

-- count
SELECT count(*)
FROM `app`.`Sessions`
WHERE `expires` > ?
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM `app`.`Sessions`
WHERE `id` LIKE ?
  AND `expires` > ?
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM `app`.`Sessions`
-- bindings: []

-- shape: timestamps, users, with names in need of quotes, and a wrapIdentifier

-- as in shape: plain
--   isNarrow; widen

-- columns
SELECT name
FROM pragma_table_info(?, ?)
-- bindings: ["USER'S`\"SESSIONS","MY`\"APP"]
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS` (
  `ID` varchar(100) NOT NULL PRIMARY KEY,
  `DATA` text NOT NULL,
  `EXPIRES` bigint NOT NULL,
  `CREATED_AT` datetime,
  `UPDATED_AT` datetime,
  `USER_ID` varchar(100)
)
-- bindings: []

-- ensureIndexes
CREATE INDEX IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS_EXPIRES_INDEX` ON `USER'S``"SESSIONS` (`EXPIRES`)
-- bindings: []
CREATE INDEX IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS_USER_ID_INDEX` ON `USER'S``"SESSIONS` (`USER_ID`)
-- bindings: []

-- drop
DROP TABLE IF EXISTS `MY``"APP`.`USER'S``"SESSIONS`
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `CREATED_AT` datetime
-- bindings: []
ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `UPDATED_AT` datetime
-- bindings: []
ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `USER_ID` varchar(100)
-- bindings: []

-- plan

CREATE TABLE IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS` (
  `ID` varchar(100) NOT NULL PRIMARY KEY,
  `DATA` text NOT NULL,
  `EXPIRES` bigint NOT NULL,
  `CREATED_AT` datetime,
  `UPDATED_AT` datetime,
  `USER_ID` varchar(100)
)

CREATE INDEX IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS_EXPIRES_INDEX` ON `USER'S``"SESSIONS` (`EXPIRES`)

CREATE INDEX IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS_USER_ID_INDEX` ON `USER'S``"SESSIONS` (`USER_ID`)

-- plan created_at, updated_at, user_id

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `CREATED_AT` datetime

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `UPDATED_AT` datetime

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `USER_ID` varchar(100)

CREATE INDEX IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS_EXPIRES_INDEX` ON `USER'S``"SESSIONS` (`EXPIRES`)

CREATE INDEX IF NOT EXISTS `MY``"APP`.`USER'S``"SESSIONS_USER_ID_INDEX` ON `USER'S``"SESSIONS` (`USER_ID`)

-- size
SELECT sum(pgsize) AS size
FROM dbstat(?)
WHERE name = ? COLLATE NOCASE
  OR name IN (
  SELECT name
  FROM `MY``"APP`.sqlite_master
  WHERE tbl_name = ? COLLATE NOCASE
)
-- bindings: ["MY`\"APP","USER'S`\"SESSIONS","USER'S`\"SESSIONS"]
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?, ?, ?)
  AND ABS(`EXPIRES`) > ?
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
INSERT INTO `MY``"APP`.`USER'S``"SESSIONS` AS session (`ID`, `DATA`, `EXPIRES`, `USER_ID`, `CREATED_AT`, `UPDATED_AT`)
VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP), (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
ON CONFLICT (`ID`) DO UPDATE SET
  `DATA` = excluded.`DATA`,
  `EXPIRES` = excluded.`EXPIRES`,
  `USER_ID` = excluded.`USER_ID`,
  `CREATED_AT` = CASE WHEN session.`EXPIRES` > ? THEN COALESCE(session.`CREATED_AT`, excluded.`CREATED_AT`) ELSE excluded.`CREATED_AT` END,
  `UPDATED_AT` = excluded.`UPDATED_AT`
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- update, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` AS session SET
  `DATA` = incoming.column2,
  `EXPIRES` = incoming.column3,
  `USER_ID` = incoming.column4,
  `CREATED_AT` = COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP),
  `UPDATED_AT` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)) AS incoming
WHERE session.`ID` = incoming.column1
  AND session.`EXPIRES` > ?
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","key-2","{\"n\":2}",1700000102,null,"key-3","{\"n\":3}",1700000103,null,1700000000]

-- replace, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` AS session SET
  `DATA` = incoming.column3,
  `EXPIRES` = COALESCE(incoming.column4, session.`EXPIRES`),
  `USER_ID` = incoming.column5,
  `CREATED_AT` = COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP),
  `UPDATED_AT` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`ID` = incoming.column2
  AND session.`DATA` = incoming.column1
  AND session.`EXPIRES` > ?
RETURNING `ID`
-- bindings: ["as loaded","key-1","{\"n\":1}",1700000101,"user-1","as loaded","key-2","{\"n\":2}",1700000102,null,"as loaded","key-3","{\"n\":3}",1700000103,null,1700000000]
-- resolves with {}; with one row, {}

-- touch, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` SET
  `EXPIRES` = ?,
  `CREATED_AT` = COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP),
  `UPDATED_AT` = CURRENT_TIMESTAMP
WHERE `ID` IN (?, ?, ?)
  AND `EXPIRES` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000]

-- remove, 3 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"]

-- move, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` AS session SET
  `ID` = moved.column2,
  `DATA` = moved.column4,
  `USER_ID` = moved.column5
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS moved
WHERE session.`ID` = moved.column1
  AND session.`DATA` = moved.column3
  AND session.`EXPIRES` > ?
-- bindings: ["key-1","sha256:key-1","{\"n\":1}","sealed 1","user:1","key-2","key-2","{\"n\":2}","sealed 2",null,"key-3","sha256:key-3","{\"n\":3}","sealed 3",null,1700000000]

-- end, 3 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?, ?, ?)
  AND `EXPIRES` >= 0
RETURNING `ID`
-- bindings: ["key-1","key-2","key-3"]
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO `MY``"APP`.`USER'S``"SESSIONS` (`ID`, `DATA`, `EXPIRES`, `USER_ID`, `CREATED_AT`, `UPDATED_AT`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`ID` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`EXPIRES` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`CREATED_AT`, session.`UPDATED_AT`
FROM `MY``"APP`.`USER'S``"SESSIONS` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`ID` = ?
  AND session.`DATA` = ?
  AND session.`EXPIRES` > ?
ON CONFLICT (`ID`) DO UPDATE SET
  `DATA` = excluded.`DATA`,
  `EXPIRES` = excluded.`EXPIRES`,
  `USER_ID` = excluded.`USER_ID`,
  `CREATED_AT` = excluded.`CREATED_AT`,
  `UPDATED_AT` = excluded.`UPDATED_AT`
RETURNING `ID`
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","{\"n\":1}",1700000000]
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` AS session SET
  `ID` = claimed.column2,
  `EXPIRES` = claimed.column3
FROM (VALUES (?, ?, ?), (?, ?, ?), (?, ?, ?)) AS claimed
WHERE session.`ID` = claimed.column1
  AND session.`EXPIRES` > ?
RETURNING `ID`
-- bindings: ["key-1","claimed key-1",-1700000000,"key-2","claimed key-2",-1700000000,"key-3","claimed key-3",-1700000000,1700000000]
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` AS session SET
  `ID` = incoming.column1,
  `DATA` = incoming.column3,
  `EXPIRES` = incoming.column4,
  `USER_ID` = incoming.column5,
  `CREATED_AT` = COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP),
  `UPDATED_AT` = CURRENT_TIMESTAMP
FROM (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS incoming
WHERE session.`ID` = incoming.column2
  AND (session.`EXPIRES` < 0 OR session.`EXPIRES` > ?)
-- bindings: ["key-1","claimed key-1","{\"n\":1}",1700000101,"user-1","key-2","claimed key-2","{\"n\":2}",1700000102,null,"key-3","claimed key-3","{\"n\":3}",1700000103,null,1700000000]

-- expired
SELECT `ID`, `EXPIRES`
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `EXPIRES` BETWEEN ? AND ?
ORDER BY `EXPIRES`
LIMIT ?
-- bindings: [1699999700,1700000000,50]
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?, ?, ?)
  AND NOT (`EXPIRES` > ?)
RETURNING 1
-- bindings: ["key-1","key-2","key-3",1700000000]
-- resolves with 0; with one row, 1

-- page
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`, CAST(strftime('%s', `CREATED_AT`) AS INTEGER) AS created, CAST(strftime('%s', `UPDATED_AT`) AS INTEGER) AS updated
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` > ?
  AND `EXPIRES` > ?
ORDER BY `ID`
LIMIT ?
-- bindings: ["key-0",1700000000,50]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`, CAST(strftime('%s', `CREATED_AT`) AS INTEGER) AS created, CAST(strftime('%s', `UPDATED_AT`) AS INTEGER) AS updated
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?)
  AND `EXPIRES` > ?
-- bindings: ["user-1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`, CAST(strftime('%s', `CREATED_AT`) AS INTEGER) AS created, CAST(strftime('%s', `UPDATED_AT`) AS INTEGER) AS updated
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?, ?)
  AND `EXPIRES` > ?
-- bindings: ["user-1","user:1",1700000000]
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?)
  AND `ID` NOT IN ()
RETURNING 1
-- bindings: ["user-1"]
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?, ?)
  AND `ID` NOT IN (?, ?)
RETURNING 1
-- bindings: ["user-1","user:1","key-2","key-3"]
-- resolves with 0; with one row, 1

-- count
SELECT count(*)
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `EXPIRES` > ?
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` LIKE ?
  AND `EXPIRES` > ?
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
-- bindings: []
