-- mysql: {"asciiOnly":true,"maxRows":100,"sweepRows":200}

-- shape: plain

-- columns
SELECT COLUMN_NAME
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE()
  AND TABLE_NAME = ?
-- bindings: ["Sessions"] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB
-- bindings: []

-- ensureIndexes
-- sends nothing

-- drop
DROP TABLE IF EXISTS `Sessions`
-- bindings: []

-- isNarrow
SELECT DATA_TYPE
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE()
  AND TABLE_NAME = ?
  AND COLUMN_NAME = ?
  AND DATA_TYPE NOT IN ('mediumtext', 'longtext')
-- bindings: ["Sessions","data"] (timeout: 10000 ms)
-- resolves with false; with one row, true

-- widen
ALTER TABLE `Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
-- bindings: []

-- plan

CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB

-- plan widen

ALTER TABLE `Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- size
SELECT DATA_LENGTH + INDEX_LENGTH AS size
FROM information_schema.TABLES
WHERE TABLE_SCHEMA = DATABASE()
  AND TABLE_NAME = ?
-- bindings: ["Sessions"] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 1 row
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
INSERT INTO `Sessions` (`id`, `data`, `expires`)
VALUES (?)
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101]] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO `Sessions` (`id`, `data`, `expires`)
VALUES (?), (?), (?)
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103]] (timeout: 60000 ms)

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],[1700000101],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["as loaded"],["key-1"],[1700000101],["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- touch, 1 row
UPDATE `Sessions` SET
  `expires` = ?
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [1700000200,["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE `Sessions` SET
  `expires` = ?
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [1700000200,["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- remove, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
-- bindings: [["key-1"],["key-1"]] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
-- bindings: [["key-1","key-2","key-3"],["key-1","key-2","key-3"]] (timeout: 60000 ms)

-- move, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND `expires` > ?
-- bindings: [["key-1"],["sealed 1"],["key-1"],["sha256:key-1"],["key-1"],["key-1"],["key-1"],["_utf8mb4 X'7b226e223a317d'"],1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["sealed 1","sealed 2","sealed 3"],["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],1700000000] (timeout: 60000 ms)

-- end, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` >= 0
-- bindings: [["key-1"],["key-1"]] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- end, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` >= 0
-- bindings: [["key-1","key-2","key-3"],["key-1","key-2","key-3"]] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND CAST(session.`id` AS BINARY) = ?
  AND CAST(CONVERT(session.`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND session.`expires` > ?
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE `Sessions` SET
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],[-1700000000],["key-1"],["claimed key-1"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `Sessions` SET
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],[-1700000000,-1700000000,-1700000000],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1"],["_utf8mb4 X'7b226e223a317d'"],["claimed key-1"],[1700000101],["claimed key-1"],["key-1"],["claimed key-1"],["claimed key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- expired
SELECT `id`, `expires`
FROM `Sessions`
WHERE `expires` BETWEEN ? AND ?
ORDER BY `expires`
LIMIT ?
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND NOT (`expires` > ?)
-- bindings: [["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND NOT (`expires` > ?)
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT `id`, `data`, `expires`, NULL AS user_id, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
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
--   columns; ensureIndexes; drop; isNarrow; widen; plan widen; size; select, 1 row; select, 3 rows; remove, 1 row; remove, 3 rows; move, 1 row; move, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- create
CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime NULL,
  `updated_at` datetime NULL,
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB
-- bindings: []

-- addColumns created_at
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL
-- bindings: []

-- addColumns updated_at
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL
-- bindings: []

-- addColumns created_at, updated_at
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL
-- bindings: []

-- plan

CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime NULL,
  `updated_at` datetime NULL,
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB

-- plan created_at, updated_at

ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL

ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL

-- plan created_at, updated_at, widen

ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL

ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL

ALTER TABLE `Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- upsert, 1 row
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF(`expires` > ?, COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF(`expires` > ?, COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],[1700000101],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["as loaded"],["key-1"],[1700000101],["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- touch, 1 row
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [1700000200,["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [1700000200,["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND CAST(session.`id` AS BINARY) = ?
  AND CAST(CONVERT(session.`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND session.`expires` > ?
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`),
  `created_at` = VALUES(`created_at`),
  `updated_at` = VALUES(`updated_at`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1"],["_utf8mb4 X'7b226e223a317d'"],["claimed key-1"],[1700000101],["claimed key-1"],["key-1"],["claimed key-1"],["claimed key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT `id`, `data`, `expires`, NULL AS user_id, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- shape: timestamps, users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; plan widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; touch, 1 row; touch, 3 rows

-- create
CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime NULL,
  `updated_at` datetime NULL,
  `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `Sessions_user_id_index` (`user_id`),
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB
-- bindings: []

-- addColumns user_id
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)
-- bindings: []

-- addColumns created_at, user_id
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)
-- bindings: []

-- addColumns updated_at, user_id
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL
-- bindings: []
ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)
-- bindings: []

-- plan

CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime NULL,
  `updated_at` datetime NULL,
  `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `Sessions_user_id_index` (`user_id`),
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB

-- plan created_at, updated_at, user_id

ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL

ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL

ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)

-- plan created_at, updated_at, user_id, widen

ALTER TABLE `Sessions` ADD COLUMN `created_at` datetime NULL

ALTER TABLE `Sessions` ADD COLUMN `updated_at` datetime NULL

ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)

ALTER TABLE `Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- select, 1 row
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF(`expires` > ?, COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `user_id` = VALUES(`user_id`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF(`expires` > ?, COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `user_id` = VALUES(`user_id`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102,null],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103,null],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["user-1"],["key-1"],[1700000101],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["as loaded"],["key-1"],[1700000101],["key-1"],["user-1"],["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- move, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND `expires` > ?
-- bindings: [["key-1"],["sealed 1"],["key-1"],["user:1"],["key-1"],["sha256:key-1"],["key-1"],["key-1"],["key-1"],["_utf8mb4 X'7b226e223a317d'"],1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["sealed 1","sealed 2","sealed 3"],["key-1","key-2","key-3"],["user:1",null,null],["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND CAST(session.`id` AS BINARY) = ?
  AND CAST(CONVERT(session.`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND session.`expires` > ?
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`),
  `user_id` = VALUES(`user_id`),
  `created_at` = VALUES(`created_at`),
  `updated_at` = VALUES(`updated_at`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1"],["_utf8mb4 X'7b226e223a317d'"],["claimed key-1"],["user-1"],["claimed key-1"],[1700000101],["claimed key-1"],["key-1"],["claimed key-1"],["claimed key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],["user-1",null,null],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM `Sessions`
WHERE `user_id` IN (?)
-- bindings: [["user-1"]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM `Sessions`
WHERE `user_id` IN (?)
  AND CAST(`id` AS BINARY) NOT IN (?)
-- bindings: [["user-1","user:1"],["key-2","key-3"]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- shape: timestamps, absolute lifetime

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; plan widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; expired; clear

-- as in shape: timestamps
--   create; addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; plan; plan created_at, updated_at; plan created_at, updated_at, widen

-- select, 1 row
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
SELECT `id`, `data`, `expires`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF((`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND), COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF((`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND), COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],[1700000101],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],["as loaded"],["key-1"],[1700000101],["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- touch, 1 row
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [1700000200,["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE `Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [1700000200,["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- move, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],["sealed 1"],["key-1"],["sha256:key-1"],["key-1"],["key-1"],["key-1"],["_utf8mb4 X'7b226e223a317d'"],1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],["sealed 1","sealed 2","sealed 3"],["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND CAST(session.`id` AS BINARY) = ?
  AND CAST(CONVERT(session.`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`),
  `created_at` = VALUES(`created_at`),
  `updated_at` = VALUES(`updated_at`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 1 row
UPDATE `Sessions` SET
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],[-1700000000],["key-1"],["claimed key-1"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `Sessions` SET
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],[-1700000000,-1700000000,-1700000000],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND))
-- bindings: [["claimed key-1"],["_utf8mb4 X'7b226e223a317d'"],["claimed key-1"],[1700000101],["claimed key-1"],["key-1"],["claimed key-1"],["claimed key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND))
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- removeEnded, 1 row
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND NOT ((`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND))
-- bindings: [["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
DELETE FROM `Sessions`
WHERE `id` IN (?)
  AND NOT ((`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND))
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT `id`, `data`, `expires`, NULL AS user_id, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- count
SELECT count(*)
FROM `Sessions`
WHERE (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
SELECT count(*)
FROM `Sessions`
WHERE `id` LIKE ?
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- shape: users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; plan widen; size; touch, 1 row; touch, 3 rows; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps, users
--   addColumns user_id; select, 1 row; select, 3 rows; move, 1 row; move, 3 rows; removeUser, 1 user; removeUser, 2 users, but for 2 rows

-- create
CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `Sessions_user_id_index` (`user_id`),
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB
-- bindings: []

-- plan

CREATE TABLE `Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `Sessions_user_id_index` (`user_id`),
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB

-- plan user_id

ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)

-- plan user_id, widen

ALTER TABLE `Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)

ALTER TABLE `Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- upsert, 1 row
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`)
VALUES (?)
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `user_id` = VALUES(`user_id`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"]] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`)
VALUES (?), (?), (?)
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `user_id` = VALUES(`user_id`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102,null],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103,null]] (timeout: 60000 ms)

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["user-1"],["key-1"],[1700000101],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1"],["as loaded"],["key-1"],[1700000101],["key-1"],["user-1"],["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND CAST(session.`id` AS BINARY) = ?
  AND CAST(CONVERT(session.`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND session.`expires` > ?
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`),
  `user_id` = VALUES(`user_id`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1"],["_utf8mb4 X'7b226e223a317d'"],["claimed key-1"],["user-1"],["claimed key-1"],[1700000101],["claimed key-1"],["key-1"],["claimed key-1"],["claimed key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],["user-1",null,null],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT `id`, `data`, `expires`, `user_id`, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, NULL AS created, NULL AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- shape: timestamps, users, absolute lifetime

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; plan widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; expired; clear

-- as in shape: timestamps, users
--   create; addColumns user_id; addColumns created_at, user_id; addColumns updated_at, user_id; addColumns created_at, updated_at, user_id; plan; plan created_at, updated_at, user_id; plan created_at, updated_at, user_id, widen; removeUser, 1 user; removeUser, 2 users, but for 2 rows

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at

-- as in shape: timestamps, absolute lifetime
--   touch, 1 row; touch, 3 rows; claim, 1 row; claim, 3 rows; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed

-- select, 1 row
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
SELECT `id`, `data`, `expires`, `user_id`
FROM `Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
  AND (`expires` < 0 OR COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF((`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND), COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `user_id` = VALUES(`user_id`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"],1700000000] (timeout: 60000 ms)

-- upsert, 3 rows
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF((`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND), COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `user_id` = VALUES(`user_id`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102,null],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103,null],1700000000] (timeout: 60000 ms)

-- update, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["user-1"],["key-1"],[1700000101],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 1 row
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],["as loaded"],["key-1"],[1700000101],["key-1"],["user-1"],["key-1"],["_utf8mb4 X'7b226e223a317d'"],["key-1"],["key-1"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- replace, 3 rows
UPDATE `Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- move, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1"],["sealed 1"],["key-1"],["user:1"],["key-1"],["sha256:key-1"],["key-1"],["key-1"],["key-1"],["_utf8mb4 X'7b226e223a317d'"],1700000000] (timeout: 60000 ms)

-- move, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["key-1","key-2","key-3"],["sealed 1","sealed 2","sealed 3"],["key-1","key-2","key-3"],["user:1",null,null],["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],1700000000] (timeout: 60000 ms)

-- rotate
INSERT INTO `Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`created_at`, session.`updated_at`
FROM `Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND CAST(session.`id` AS BINARY) = ?
  AND CAST(CONVERT(session.`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND (session.`expires` > ? AND COALESCE(session.`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`),
  `user_id` = VALUES(`user_id`),
  `created_at` = VALUES(`created_at`),
  `updated_at` = VALUES(`updated_at`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- rename, 1 row
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND))
-- bindings: [["claimed key-1"],["_utf8mb4 X'7b226e223a317d'"],["claimed key-1"],["user-1"],["claimed key-1"],[1700000101],["claimed key-1"],["key-1"],["claimed key-1"],["claimed key-1"],1700000000] (timeout: 60000 ms)

-- rename, 3 rows
UPDATE `Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND))
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],["user-1",null,null],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- page
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `id` > ?
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `Sessions`
WHERE `user_id` IN (?)
  AND (`expires` > ? AND COALESCE(`created_at`, UTC_TIMESTAMP()) > UTC_TIMESTAMP() - INTERVAL 2592001 SECOND)
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- shape: timestamps, users, in the schema app

-- as in shape: plain
--   ensureIndexes

-- columns
SELECT COLUMN_NAME
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = ?
  AND TABLE_NAME = ?
-- bindings: ["app","Sessions"] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE `app`.`Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime NULL,
  `updated_at` datetime NULL,
  `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `Sessions_user_id_index` (`user_id`),
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB
-- bindings: []

-- drop
DROP TABLE IF EXISTS `app`.`Sessions`
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE `app`.`Sessions` ADD COLUMN `created_at` datetime NULL
-- bindings: []
ALTER TABLE `app`.`Sessions` ADD COLUMN `updated_at` datetime NULL
-- bindings: []
ALTER TABLE `app`.`Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)
-- bindings: []

-- isNarrow
SELECT DATA_TYPE
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = ?
  AND TABLE_NAME = ?
  AND COLUMN_NAME = ?
  AND DATA_TYPE NOT IN ('mediumtext', 'longtext')
-- bindings: ["app","Sessions","data"] (timeout: 10000 ms)
-- resolves with false; with one row, true

-- widen
ALTER TABLE `app`.`Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
-- bindings: []

-- plan

CREATE TABLE `app`.`Sessions` (
  `id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `expires` bigint NOT NULL,
  `created_at` datetime NULL,
  `updated_at` datetime NULL,
  `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `Sessions_user_id_index` (`user_id`),
  PRIMARY KEY (`id`),
  INDEX `Sessions_expires_index` (`expires`)
) ENGINE = InnoDB

-- plan created_at, updated_at, user_id

ALTER TABLE `app`.`Sessions` ADD COLUMN `created_at` datetime NULL

ALTER TABLE `app`.`Sessions` ADD COLUMN `updated_at` datetime NULL

ALTER TABLE `app`.`Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)

-- plan widen

ALTER TABLE `app`.`Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- plan created_at, updated_at, user_id, widen

ALTER TABLE `app`.`Sessions` ADD COLUMN `created_at` datetime NULL

ALTER TABLE `app`.`Sessions` ADD COLUMN `updated_at` datetime NULL

ALTER TABLE `app`.`Sessions` ADD COLUMN `user_id` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `Sessions_user_id_index` (`user_id`)

ALTER TABLE `app`.`Sessions` MODIFY `data` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- size
SELECT DATA_LENGTH + INDEX_LENGTH AS size
FROM information_schema.TABLES
WHERE TABLE_SCHEMA = ?
  AND TABLE_NAME = ?
-- bindings: ["app","Sessions"] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT `id`, `data`, `expires`, `user_id`
FROM `app`.`Sessions`
WHERE `id` IN (?)
  AND ABS(`expires`) > ?
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
INSERT INTO `app`.`Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `created_at` = IF(`expires` > ?, COALESCE(`created_at`, VALUES(`created_at`)), VALUES(`created_at`)),
  `updated_at` = VALUES(`updated_at`),
  `data` = VALUES(`data`),
  `user_id` = VALUES(`user_id`),
  `expires` = VALUES(`expires`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102,null],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103,null],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `app`.`Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 3 rows
UPDATE `app`.`Sessions` SET
  `expires` = IF(CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`id` AS BINARY), ?), ?), `expires`), ~ 0 + LENGTH(`id`)),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE `app`.`Sessions` SET
  `expires` = ?,
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP()
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [1700000200,["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM `app`.`Sessions`
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
-- bindings: [["key-1","key-2","key-3"],["key-1","key-2","key-3"]] (timeout: 60000 ms)

-- move, 3 rows
UPDATE `app`.`Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND CAST(CONVERT(`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`id` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],["sealed 1","sealed 2","sealed 3"],["key-1","key-2","key-3"],["user:1",null,null],["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],1700000000] (timeout: 60000 ms)

-- end, 3 rows
DELETE FROM `app`.`Sessions`
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` >= 0
-- bindings: [["key-1","key-2","key-3"],["key-1","key-2","key-3"]] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO `app`.`Sessions` (`id`, `data`, `expires`, `user_id`, `created_at`, `updated_at`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`id` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`expires` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`created_at`, session.`updated_at`
FROM `app`.`Sessions` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`id` = ?
  AND CAST(session.`id` AS BINARY) = ?
  AND CAST(CONVERT(session.`data` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND session.`expires` > ?
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `id` = VALUES(`id`),
  `data` = VALUES(`data`),
  `expires` = VALUES(`expires`),
  `user_id` = VALUES(`user_id`),
  `created_at` = VALUES(`created_at`),
  `updated_at` = VALUES(`updated_at`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `app`.`Sessions` SET
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND `expires` > ?
-- bindings: [["key-1","key-2","key-3"],[-1700000000,-1700000000,-1700000000],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE `app`.`Sessions` SET
  `data` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `user_id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `expires` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?),
  `created_at` = COALESCE(`created_at`, UTC_TIMESTAMP()),
  `updated_at` = UTC_TIMESTAMP(),
  `id` = ELT(FIELD(CAST(`id` AS BINARY), ?), ?)
WHERE `id` IN (?)
  AND CAST(`id` AS BINARY) IN (?)
  AND (`expires` < 0 OR `expires` > ?)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],["user-1",null,null],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- expired
SELECT `id`, `expires`
FROM `app`.`Sessions`
WHERE `expires` BETWEEN ? AND ?
ORDER BY `expires`
LIMIT ?
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM `app`.`Sessions`
WHERE `id` IN (?)
  AND NOT (`expires` > ?)
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `app`.`Sessions`
WHERE `id` > ?
  AND `expires` > ?
ORDER BY `id`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `app`.`Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `id`, `data`, `expires`, `user_id`, TIMESTAMPDIFF(SECOND, '1970-01-01', `created_at`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `updated_at`) AS updated
FROM `app`.`Sessions`
WHERE `user_id` IN (?)
  AND `expires` > ?
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM `app`.`Sessions`
WHERE `user_id` IN (?)
-- bindings: [["user-1"]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM `app`.`Sessions`
WHERE `user_id` IN (?)
  AND CAST(`id` AS BINARY) NOT IN (?)
-- bindings: [["user-1","user:1"],["key-2","key-3"]] (timeout: 60000 ms)
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
--   ensureIndexes

-- columns
SELECT COLUMN_NAME
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = ?
  AND TABLE_NAME = ?
-- bindings: ["_utf8mb4 X'4d596022415050'","_utf8mb4 X'555345522753602253455353494f4e53'"] (timeout: 10000 ms)
-- resolves with []; with one row, ["expires"]

-- create
CREATE TABLE `MY``"APP`.`USER'S``"SESSIONS` (
  `ID` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `DATA` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `EXPIRES` bigint NOT NULL,
  `CREATED_AT` datetime NULL,
  `UPDATED_AT` datetime NULL,
  `USER_ID` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `USER'S``"SESSIONS_USER_ID_INDEX` (`USER_ID`),
  PRIMARY KEY (`ID`),
  INDEX `USER'S``"SESSIONS_EXPIRES_INDEX` (`EXPIRES`)
) ENGINE = InnoDB
-- bindings: []

-- drop
DROP TABLE IF EXISTS `MY``"APP`.`USER'S``"SESSIONS`
-- bindings: []

-- addColumns created_at, updated_at, user_id
ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `CREATED_AT` datetime NULL
-- bindings: []
ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `UPDATED_AT` datetime NULL
-- bindings: []
ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `USER_ID` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `USER'S``"SESSIONS_USER_ID_INDEX` (`USER_ID`)
-- bindings: []

-- isNarrow
SELECT DATA_TYPE
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = ?
  AND TABLE_NAME = ?
  AND COLUMN_NAME = ?
  AND DATA_TYPE NOT IN ('mediumtext', 'longtext')
-- bindings: ["_utf8mb4 X'4d596022415050'","_utf8mb4 X'555345522753602253455353494f4e53'","DATA"] (timeout: 10000 ms)
-- resolves with false; with one row, true

-- widen
ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` MODIFY `DATA` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
-- bindings: []

-- plan

CREATE TABLE `MY``"APP`.`USER'S``"SESSIONS` (
  `ID` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `DATA` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `EXPIRES` bigint NOT NULL,
  `CREATED_AT` datetime NULL,
  `UPDATED_AT` datetime NULL,
  `USER_ID` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  INDEX `USER'S``"SESSIONS_USER_ID_INDEX` (`USER_ID`),
  PRIMARY KEY (`ID`),
  INDEX `USER'S``"SESSIONS_EXPIRES_INDEX` (`EXPIRES`)
) ENGINE = InnoDB

-- plan created_at, updated_at, user_id

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `CREATED_AT` datetime NULL

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `UPDATED_AT` datetime NULL

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `USER_ID` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `USER'S``"SESSIONS_USER_ID_INDEX` (`USER_ID`)

-- plan widen

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` MODIFY `DATA` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- plan created_at, updated_at, user_id, widen

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `CREATED_AT` datetime NULL

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `UPDATED_AT` datetime NULL

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` ADD COLUMN `USER_ID` varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL, ADD INDEX `USER'S``"SESSIONS_USER_ID_INDEX` (`USER_ID`)

ALTER TABLE `MY``"APP`.`USER'S``"SESSIONS` MODIFY `DATA` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin

-- size
SELECT DATA_LENGTH + INDEX_LENGTH AS size
FROM information_schema.TABLES
WHERE TABLE_SCHEMA = ?
  AND TABLE_NAME = ?
-- bindings: ["_utf8mb4 X'4d596022415050'","_utf8mb4 X'555345522753602253455353494f4e53'"] (timeout: 10000 ms)
-- resolves with "(undefined)"; with one row, 16384

-- select, 3 rows
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?)
  AND ABS(`EXPIRES`) > ?
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
INSERT INTO `MY``"APP`.`USER'S``"SESSIONS` (`ID`, `DATA`, `EXPIRES`, `USER_ID`, `CREATED_AT`, `UPDATED_AT`)
VALUES (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP()), (?, UTC_TIMESTAMP(), UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE
  `ID` = VALUES(`ID`),
  `CREATED_AT` = IF(`EXPIRES` > ?, COALESCE(`CREATED_AT`, VALUES(`CREATED_AT`)), VALUES(`CREATED_AT`)),
  `UPDATED_AT` = VALUES(`UPDATED_AT`),
  `DATA` = VALUES(`DATA`),
  `USER_ID` = VALUES(`USER_ID`),
  `EXPIRES` = VALUES(`EXPIRES`)
-- bindings: [["key-1","_utf8mb4 X'7b226e223a317d'",1700000101,"user-1"],["key-2","_utf8mb4 X'7b226e223a327d'",1700000102,null],["key-3","_utf8mb4 X'7b226e223a337d'",1700000103,null],1700000000] (timeout: 60000 ms)

-- update, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` SET
  `DATA` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `USER_ID` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `EXPIRES` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `CREATED_AT` = COALESCE(`CREATED_AT`, UTC_TIMESTAMP()),
  `UPDATED_AT` = UTC_TIMESTAMP()
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
  AND `EXPIRES` > ?
-- bindings: [["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- replace, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` SET
  `EXPIRES` = IF(CAST(CONVERT(`DATA` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`ID` AS BINARY), ?), ?) USING utf8mb4) AS BINARY), COALESCE(ELT(FIELD(CAST(`ID` AS BINARY), ?), ?), `EXPIRES`), ~ 0 + LENGTH(`ID`)),
  `USER_ID` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `DATA` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `CREATED_AT` = COALESCE(`CREATED_AT`, UTC_TIMESTAMP()),
  `UPDATED_AT` = UTC_TIMESTAMP()
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
  AND `EXPIRES` > ?
-- bindings: [["key-1","key-2","key-3"],["as loaded","as loaded","as loaded"],["key-1","key-2","key-3"],[1700000101,1700000102,1700000103],["key-1","key-2","key-3"],["user-1",null,null],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- touch, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` SET
  `EXPIRES` = ?,
  `CREATED_AT` = COALESCE(`CREATED_AT`, UTC_TIMESTAMP()),
  `UPDATED_AT` = UTC_TIMESTAMP()
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
  AND `EXPIRES` > ?
-- bindings: [1700000200,["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)

-- remove, 3 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
-- bindings: [["key-1","key-2","key-3"],["key-1","key-2","key-3"]] (timeout: 60000 ms)

-- move, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` SET
  `DATA` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `USER_ID` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `ID` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?)
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
  AND CAST(CONVERT(`DATA` USING utf8mb4) AS BINARY) = CAST(CONVERT(ELT(FIELD(CAST(`ID` AS BINARY), ?), ?) USING utf8mb4) AS BINARY)
  AND `EXPIRES` > ?
-- bindings: [["key-1","key-2","key-3"],["sealed 1","sealed 2","sealed 3"],["key-1","key-2","key-3"],["user:1",null,null],["key-1","key-2","key-3"],["sha256:key-1","key-2","sha256:key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],1700000000] (timeout: 60000 ms)

-- end, 3 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
  AND `EXPIRES` >= 0
-- bindings: [["key-1","key-2","key-3"],["key-1","key-2","key-3"]] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rotate
INSERT INTO `MY``"APP`.`USER'S``"SESSIONS` (`ID`, `DATA`, `EXPIRES`, `USER_ID`, `CREATED_AT`, `UPDATED_AT`)
SELECT CASE part.moved WHEN 1 THEN ? ELSE session.`ID` END, CASE part.moved WHEN 1 THEN ? ELSE ? END, CASE part.moved WHEN 1 THEN session.`EXPIRES` ELSE ? END, CASE part.moved WHEN 1 THEN ? END, session.`CREATED_AT`, session.`UPDATED_AT`
FROM `MY``"APP`.`USER'S``"SESSIONS` AS session CROSS JOIN(
  SELECT 1 AS moved UNION ALL
  SELECT 0
) AS part
WHERE session.`ID` = ?
  AND CAST(session.`ID` AS BINARY) = ?
  AND CAST(CONVERT(session.`DATA` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY)
  AND session.`EXPIRES` > ?
FOR UPDATE
ON DUPLICATE KEY UPDATE
  `ID` = VALUES(`ID`),
  `DATA` = VALUES(`DATA`),
  `EXPIRES` = VALUES(`EXPIRES`),
  `USER_ID` = VALUES(`USER_ID`),
  `CREATED_AT` = VALUES(`CREATED_AT`),
  `UPDATED_AT` = VALUES(`UPDATED_AT`)
-- bindings: ["sha256:key-1","sealed 1","1700000000000 sha256:key-1",-1700000060,"user:1","key-1","key-1","_utf8mb4 X'7b226e223a317d'",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, "(undefined)"

-- claim, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` SET
  `EXPIRES` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `ID` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?)
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
  AND `EXPIRES` > ?
-- bindings: [["key-1","key-2","key-3"],[-1700000000,-1700000000,-1700000000],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 3 rows
UPDATE `MY``"APP`.`USER'S``"SESSIONS` SET
  `DATA` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `USER_ID` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `EXPIRES` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?),
  `CREATED_AT` = COALESCE(`CREATED_AT`, UTC_TIMESTAMP()),
  `UPDATED_AT` = UTC_TIMESTAMP(),
  `ID` = ELT(FIELD(CAST(`ID` AS BINARY), ?), ?)
WHERE `ID` IN (?)
  AND CAST(`ID` AS BINARY) IN (?)
  AND (`EXPIRES` < 0 OR `EXPIRES` > ?)
-- bindings: [["claimed key-1","claimed key-2","claimed key-3"],["_utf8mb4 X'7b226e223a317d'","_utf8mb4 X'7b226e223a327d'","_utf8mb4 X'7b226e223a337d'"],["claimed key-1","claimed key-2","claimed key-3"],["user-1",null,null],["claimed key-1","claimed key-2","claimed key-3"],[1700000101,1700000102,1700000103],["claimed key-1","claimed key-2","claimed key-3"],["key-1","key-2","key-3"],["claimed key-1","claimed key-2","claimed key-3"],["claimed key-1","claimed key-2","claimed key-3"],1700000000] (timeout: 60000 ms)

-- expired
SELECT `ID`, `EXPIRES`
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `EXPIRES` BETWEEN ? AND ?
ORDER BY `EXPIRES`
LIMIT ?
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` IN (?)
  AND NOT (`EXPIRES` > ?)
-- bindings: [["key-1","key-2","key-3"],1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`, TIMESTAMPDIFF(SECOND, '1970-01-01', `CREATED_AT`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `UPDATED_AT`) AS updated
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `ID` > ?
  AND `EXPIRES` > ?
ORDER BY `ID`
LIMIT ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`, TIMESTAMPDIFF(SECOND, '1970-01-01', `CREATED_AT`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `UPDATED_AT`) AS updated
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?)
  AND `EXPIRES` > ?
-- bindings: [["user-1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
SELECT `ID`, `DATA`, `EXPIRES`, `USER_ID`, TIMESTAMPDIFF(SECOND, '1970-01-01', `CREATED_AT`) AS created, TIMESTAMPDIFF(SECOND, '1970-01-01', `UPDATED_AT`) AS updated
FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?)
  AND `EXPIRES` > ?
-- bindings: [["user-1","user:1"],1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?)
-- bindings: [["user-1"]] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeUser, 2 users, but for 2 rows
DELETE FROM `MY``"APP`.`USER'S``"SESSIONS`
WHERE `USER_ID` IN (?)
  AND CAST(`ID` AS BINARY) NOT IN (?)
-- bindings: [["user-1","user:1"],["key-2","key-3"]] (timeout: 60000 ms)
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
