-- other-sqlite: {"asciiOnly":true,"maxRows":100,"sweepRows":100}

-- shape: plain

-- columns
select *
from sqlite_master
where type = 'table'
  and name = ?
-- bindings: ["Sessions"]
-- resolves with []; with one row, ["expires"]
-- columns, with one row
select *
from sqlite_master
where type = 'table'
  and name = ?
-- bindings: ["Sessions"]
PRAGMA table_info(`Sessions`)
-- bindings: []
PRAGMA table_info(`Sessions`)
-- bindings: []
PRAGMA table_info(`Sessions`)
-- bindings: []
PRAGMA table_info(`Sessions`)
-- bindings: []
PRAGMA table_info(`Sessions`)
-- bindings: []
PRAGMA table_info(`Sessions`)
-- bindings: []

-- create
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
create index `Sessions_expires_index` on `Sessions` (`expires`)
-- bindings: []
-- create, refused by the database: resolves
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
select `id`, `data`, `expires`
from `Sessions`
where `id` = ?
-- bindings: [""]

-- ensureIndexes
-- sends nothing

-- drop
drop table if exists `Sessions`
-- bindings: []

-- isNarrow
-- sends nothing
-- resolves with false; with one row, false

-- widen
-- sends nothing

-- plan

create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  constraint `Sessions_pkey` primary key (`id`)
)

create index `Sessions_expires_index` on `Sessions` (`expires`)

-- size
-- sends nothing

-- select, 1 row
select `id`, `data`, `expires`
from `Sessions`
where `id` in (?)
  and `expires` > ?
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
select `id`, `data`, `expires`
from `Sessions`
where `id` in (?, ?, ?)
  and `expires` > ?
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`)
values (?, ?, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`)
values (?, ?, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`)
values (?, ?, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`)
values (?, ?, ?)
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`)
values (?, ?, ?)
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,"key-2",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
update `Sessions` set
  `expires` = ?
where `id` in (?)
  and `expires` > ?
-- bindings: [1700000200,"key-1",1700000000] (timeout: 60000 ms)

-- touch, 3 rows
update `Sessions` set
  `expires` = ?
where `id` in (?, ?, ?)
  and `expires` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 1 row
delete from `Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- remove, 3 rows
delete from `Sessions`
where `id` in (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 1 row
update `Sessions` set
  `id` = ?,
  `data` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
update `Sessions` set
  `id` = ?,
  `data` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["key-2","sealed 2","key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-3","sealed 3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 1 row
delete from `Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- end, 3 rows
delete from `Sessions`
where `id` in (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- rotate
update `Sessions` set
  `id` = ?,
  `data` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- claim, 1 row
update `Sessions` set
  `id` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)

-- claim, 3 rows
update `Sessions` set
  `id` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["claimed key-2",-1700000000,"key-2",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["claimed key-3",-1700000000,"key-3",1700000000] (timeout: 60000 ms)

-- rename, 1 row
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-2","{\"n\":2}",1700000102,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-3","{\"n\":3}",1700000103,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- expired
select `id`, `expires`
from `Sessions`
where `expires` between ? and ?
order by `expires` asc
limit ?
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 1 row
delete from `Sessions`
where `id` in (?)
  and `expires` <= ?
-- bindings: ["key-1",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
delete from `Sessions`
where `id` in (?, ?, ?)
  and `expires` <= ?
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
select `id`, `data`, `expires`
from `Sessions`
where `id` > ?
  and `expires` > ?
order by `id` asc
limit ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,null,null]]

-- count
select count(*) as `live`
from `Sessions`
where `expires` > ?
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
select count(*) as `live`
from `Sessions`
where `id` like ?
  and `expires` > ?
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
delete from `Sessions`
-- bindings: []

-- shape: timestamps

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; select, 1 row; select, 3 rows; remove, 1 row; remove, 3 rows; move, 1 row; move, 3 rows; end, 1 row; end, 3 rows; rotate; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- create
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
create index `Sessions_expires_index` on `Sessions` (`expires`)
-- bindings: []
-- create, refused by the database: resolves
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
select `id`, `data`, `expires`, `created_at`, `updated_at`
from `Sessions`
where `id` = ?
-- bindings: [""]

-- addColumns created_at
alter table `Sessions` add column `created_at` datetime null
-- bindings: []

-- addColumns updated_at
alter table `Sessions` add column `updated_at` datetime null
-- bindings: []

-- addColumns created_at, updated_at
alter table `Sessions` add column `created_at` datetime null
-- bindings: []
alter table `Sessions` add column `updated_at` datetime null
-- bindings: []

-- plan

create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  constraint `Sessions_pkey` primary key (`id`)
)

create index `Sessions_expires_index` on `Sessions` (`expires`)

-- plan created_at, updated_at

alter table `Sessions` add column `created_at` datetime null

alter table `Sessions` add column `updated_at` datetime null

-- upsert, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,1700000000,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,1700000000,"key-3"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,1700000000,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,"key-2",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
update `Sessions` set
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` in (?)
  and `expires` > ?
-- bindings: [1700000200,"key-1",1700000000] (timeout: 60000 ms)

-- touch, 3 rows
update `Sessions` set
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` in (?, ?, ?)
  and `expires` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- rename, 1 row
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-2","{\"n\":2}",1700000102,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-3","{\"n\":3}",1700000103,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- page
select `id`, `data`, `expires`, `created_at`, `updated_at`
from `Sessions`
where `id` > ?
  and `expires` > ?
order by `id` asc
limit ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- shape: timestamps, users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; touch, 1 row; touch, 3 rows

-- create
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
create index `Sessions_expires_index` on `Sessions` (`expires`)
-- bindings: []
create index `Sessions_user_id_index` on `Sessions` (`user_id`)
-- bindings: []
-- create, refused by the database: resolves
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `id` = ?
-- bindings: [""]

-- addColumns user_id
alter table `Sessions` add column `user_id` varchar(100) null
-- bindings: []
create index `Sessions_user_id_index` on `Sessions` (`user_id`)
-- bindings: []

-- addColumns created_at, user_id
alter table `Sessions` add column `created_at` datetime null
-- bindings: []
alter table `Sessions` add column `user_id` varchar(100) null
-- bindings: []
create index `Sessions_user_id_index` on `Sessions` (`user_id`)
-- bindings: []

-- addColumns updated_at, user_id
alter table `Sessions` add column `updated_at` datetime null
-- bindings: []
alter table `Sessions` add column `user_id` varchar(100) null
-- bindings: []
create index `Sessions_user_id_index` on `Sessions` (`user_id`)
-- bindings: []

-- addColumns created_at, updated_at, user_id
alter table `Sessions` add column `created_at` datetime null
-- bindings: []
alter table `Sessions` add column `updated_at` datetime null
-- bindings: []
alter table `Sessions` add column `user_id` varchar(100) null
-- bindings: []
create index `Sessions_user_id_index` on `Sessions` (`user_id`)
-- bindings: []

-- plan

create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)

create index `Sessions_expires_index` on `Sessions` (`expires`)

create index `Sessions_user_id_index` on `Sessions` (`user_id`)

-- plan created_at, updated_at, user_id

alter table `Sessions` add column `created_at` datetime null

alter table `Sessions` add column `updated_at` datetime null

alter table `Sessions` add column `user_id` varchar(100) null

create index `Sessions_user_id_index` on `Sessions` (`user_id`)

-- select, 1 row
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `id` in (?)
  and `expires` > ?
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `id` in (?, ?, ?)
  and `expires` > ?
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into `Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- move, 1 row
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["key-2","sealed 2",null,"key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-3","sealed 3",null,"key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- rotate
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- page
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `id` > ?
  and `expires` > ?
order by `id` asc
limit ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `expires` > ?
  and `user_id` in (?)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `expires` > ?
  and `user_id` in (?, ?)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `user_id` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `Sessions`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `user_id` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `user_id` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `Sessions`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `Sessions`
where `user_id` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- shape: timestamps, absolute lifetime

-- throws TypeError

-- shape: users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; touch, 1 row; touch, 3 rows; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps, users
--   addColumns user_id; select, 1 row; select, 3 rows; move, 1 row; move, 3 rows; rotate

-- create
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
create index `Sessions_expires_index` on `Sessions` (`expires`)
-- bindings: []
create index `Sessions_user_id_index` on `Sessions` (`user_id`)
-- bindings: []
-- create, refused by the database: resolves
create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `id` = ?
-- bindings: [""]

-- plan

create table `Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)

create index `Sessions_expires_index` on `Sessions` (`expires`)

create index `Sessions_user_id_index` on `Sessions` (`user_id`)

-- plan user_id

alter table `Sessions` add column `user_id` varchar(100) null

create index `Sessions_user_id_index` on `Sessions` (`user_id`)

-- upsert, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`, `user_id`)
values (?, ?, ?, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`, `user_id`)
values (?, ?, ?, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`, `user_id`)
values (?, ?, ?, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`, `user_id`)
values (?, ?, ?, ?)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into `Sessions` (`data`, `expires`, `id`, `user_id`)
values (?, ?, ?, ?)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2"] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update `Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update `Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- page
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `id` > ?
  and `expires` > ?
order by `id` asc
limit ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",null,null]]

-- ofUser, 1 user
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `expires` > ?
  and `user_id` in (?)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",null,null]]

-- ofUser, 2 users
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `expires` > ?
  and `user_id` in (?, ?)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",null,null]]

-- removeUser, 1 user
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `user_id` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `Sessions`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `user_id` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `user_id` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `Sessions`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select `id`, `data`, `expires`, `user_id`
from `Sessions`
where `user_id` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- shape: timestamps, users, absolute lifetime

-- throws TypeError

-- shape: timestamps, users, in the schema app

-- as in shape: plain
--   columns; ensureIndexes; isNarrow; widen; size

-- create
create table `app`.`Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
create index `Sessions_expires_index` on `app`.`Sessions` (`expires`)
-- bindings: []
create index `Sessions_user_id_index` on `app`.`Sessions` (`user_id`)
-- bindings: []
-- create, refused by the database: resolves
create table `app`.`Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)
-- bindings: []
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `id` = ?
-- bindings: [""]

-- drop
drop table if exists `app`.`Sessions`
-- bindings: []

-- addColumns created_at, updated_at, user_id
alter table `app`.`Sessions` add column `created_at` datetime null
-- bindings: []
alter table `app`.`Sessions` add column `updated_at` datetime null
-- bindings: []
alter table `app`.`Sessions` add column `user_id` varchar(100) null
-- bindings: []
create index `Sessions_user_id_index` on `app`.`Sessions` (`user_id`)
-- bindings: []

-- plan

create table `app`.`Sessions` (
  `id` varchar(100) not null,
  `data` text not null,
  `expires` bigint not null,
  `created_at` datetime,
  `updated_at` datetime,
  `user_id` varchar(100) null,
  constraint `Sessions_pkey` primary key (`id`)
)

create index `Sessions_expires_index` on `app`.`Sessions` (`expires`)

create index `Sessions_user_id_index` on `app`.`Sessions` (`user_id`)

-- plan created_at, updated_at, user_id

alter table `app`.`Sessions` add column `created_at` datetime null

alter table `app`.`Sessions` add column `updated_at` datetime null

alter table `app`.`Sessions` add column `user_id` varchar(100) null

create index `Sessions_user_id_index` on `app`.`Sessions` (`user_id`)

-- select, 3 rows
select `id`, `data`, `expires`, `user_id`
from `app`.`Sessions`
where `id` in (?, ?, ?)
  and `expires` > ?
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into `app`.`Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into `app`.`Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into `app`.`Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, refused by the database: rejects
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into `app`.`Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into `app`.`Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into `app`.`Sessions` (`created_at`, `data`, `expires`, `id`, `updated_at`, `user_id`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `created_at` = CASE WHEN `expires` > ? THEN COALESCE(`created_at`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 3 rows
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 3 rows
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
update `app`.`Sessions` set
  `expires` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` in (?, ?, ?)
  and `expires` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 3 rows
delete from `app`.`Sessions`
where `id` in (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 3 rows
update `app`.`Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["key-2","sealed 2",null,"key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-3","sealed 3",null,"key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 3 rows
delete from `app`.`Sessions`
where `id` in (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- rotate
update `app`.`Sessions` set
  `id` = ?,
  `data` = ?,
  `user_id` = ?
where `id` = ?
  and `data` = ?
  and `expires` > ?
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- claim, 3 rows
update `app`.`Sessions` set
  `id` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `id` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["claimed key-2",-1700000000,"key-2",1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `id` = ?,
  `expires` = ?
where `id` = ?
  and `expires` > ?
-- bindings: ["claimed key-3",-1700000000,"key-3",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update `app`.`Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update `app`.`Sessions` set
  `id` = ?,
  `data` = ?,
  `expires` = ?,
  `user_id` = ?,
  `updated_at` = CURRENT_TIMESTAMP
where `id` = ?
  and (`expires` < ? or `expires` > ?)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- expired
select `id`, `expires`
from `app`.`Sessions`
where `expires` between ? and ?
order by `expires` asc
limit ?
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
delete from `app`.`Sessions`
where `id` in (?, ?, ?)
  and `expires` <= ?
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `id` > ?
  and `expires` > ?
order by `id` asc
limit ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `expires` > ?
  and `user_id` in (?)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `expires` > ?
  and `user_id` in (?, ?)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `user_id` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `app`.`Sessions`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `user_id` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `app`.`Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `user_id` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `app`.`Sessions`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select `id`, `data`, `expires`, `created_at`, `updated_at`, `user_id`
from `app`.`Sessions`
where `user_id` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `app`.`Sessions`
where `id` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- count
select count(*) as `live`
from `app`.`Sessions`
where `expires` > ?
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
select count(*) as `live`
from `app`.`Sessions`
where `id` like ?
  and `expires` > ?
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
delete from `app`.`Sessions`
-- bindings: []

-- shape: timestamps, users, with names in need of quotes, and a wrapIdentifier

-- as in shape: plain
--   ensureIndexes; isNarrow; widen; size

-- columns
select *
from sqlite_master
where type = 'table'
  and name = ?
-- bindings: ["USER'S\"SESSIONS"]
-- resolves with []; with one row, ["expires"]
-- columns, with one row
select *
from sqlite_master
where type = 'table'
  and name = ?
-- bindings: ["USER'S\"SESSIONS"]
PRAGMA table_info(`USER'S``"SESSIONS`)
-- bindings: []
PRAGMA table_info(`USER'S``"SESSIONS`)
-- bindings: []
PRAGMA table_info(`USER'S``"SESSIONS`)
-- bindings: []
PRAGMA table_info(`USER'S``"SESSIONS`)
-- bindings: []
PRAGMA table_info(`USER'S``"SESSIONS`)
-- bindings: []
PRAGMA table_info(`USER'S``"SESSIONS`)
-- bindings: []

-- create
create table `MY``"APP`.`USER'S``"SESSIONS` (
  `ID` varchar(100) not null,
  `DATA` text not null,
  `EXPIRES` bigint not null,
  `CREATED_AT` datetime,
  `UPDATED_AT` datetime,
  `USER_ID` varchar(100) null,
  constraint `USER'S``"SESSIONS_PKEY` primary key (`ID`)
)
-- bindings: []
create index `USER'S``"SESSIONS_EXPIRES_INDEX` on `MY``"APP`.`USER'S``"SESSIONS` (`EXPIRES`)
-- bindings: []
create index `USER'S``"SESSIONS_USER_ID_INDEX` on `MY``"APP`.`USER'S``"SESSIONS` (`USER_ID`)
-- bindings: []
-- create, refused by the database: resolves
create table `MY``"APP`.`USER'S``"SESSIONS` (
  `ID` varchar(100) not null,
  `DATA` text not null,
  `EXPIRES` bigint not null,
  `CREATED_AT` datetime,
  `UPDATED_AT` datetime,
  `USER_ID` varchar(100) null,
  constraint `USER'S``"SESSIONS_PKEY` primary key (`ID`)
)
-- bindings: []
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` = ?
-- bindings: [""]

-- drop
drop table if exists `MY``"APP`.`USER'S``"SESSIONS`
-- bindings: []

-- addColumns created_at, updated_at, user_id
alter table `MY``"APP`.`USER'S``"SESSIONS` add column `CREATED_AT` datetime null
-- bindings: []
alter table `MY``"APP`.`USER'S``"SESSIONS` add column `UPDATED_AT` datetime null
-- bindings: []
alter table `MY``"APP`.`USER'S``"SESSIONS` add column `USER_ID` varchar(100) null
-- bindings: []
create index `USER'S``"SESSIONS_USER_ID_INDEX` on `MY``"APP`.`USER'S``"SESSIONS` (`USER_ID`)
-- bindings: []

-- plan

create table `MY``"APP`.`USER'S``"SESSIONS` (
  `ID` varchar(100) not null,
  `DATA` text not null,
  `EXPIRES` bigint not null,
  `CREATED_AT` datetime,
  `UPDATED_AT` datetime,
  `USER_ID` varchar(100) null,
  constraint `USER'S``"SESSIONS_PKEY` primary key (`ID`)
)

create index `USER'S``"SESSIONS_EXPIRES_INDEX` on `MY``"APP`.`USER'S``"SESSIONS` (`EXPIRES`)

create index `USER'S``"SESSIONS_USER_ID_INDEX` on `MY``"APP`.`USER'S``"SESSIONS` (`USER_ID`)

-- plan created_at, updated_at, user_id

alter table `MY``"APP`.`USER'S``"SESSIONS` add column `CREATED_AT` datetime null

alter table `MY``"APP`.`USER'S``"SESSIONS` add column `UPDATED_AT` datetime null

alter table `MY``"APP`.`USER'S``"SESSIONS` add column `USER_ID` varchar(100) null

create index `USER'S``"SESSIONS_USER_ID_INDEX` on `MY``"APP`.`USER'S``"SESSIONS` (`USER_ID`)

-- select, 3 rows
select `ID`, `DATA`, `EXPIRES`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` in (?, ?, ?)
  and `EXPIRES` > ?
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into `MY``"APP`.`USER'S``"SESSIONS` (`CREATED_AT`, `DATA`, `EXPIRES`, `ID`, `UPDATED_AT`, `USER_ID`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into `MY``"APP`.`USER'S``"SESSIONS` (`CREATED_AT`, `DATA`, `EXPIRES`, `ID`, `UPDATED_AT`, `USER_ID`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into `MY``"APP`.`USER'S``"SESSIONS` (`CREATED_AT`, `DATA`, `EXPIRES`, `ID`, `UPDATED_AT`, `USER_ID`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, refused by the database: rejects
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into `MY``"APP`.`USER'S``"SESSIONS` (`CREATED_AT`, `DATA`, `EXPIRES`, `ID`, `UPDATED_AT`, `USER_ID`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into `MY``"APP`.`USER'S``"SESSIONS` (`CREATED_AT`, `DATA`, `EXPIRES`, `ID`, `UPDATED_AT`, `USER_ID`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into `MY``"APP`.`USER'S``"SESSIONS` (`CREATED_AT`, `DATA`, `EXPIRES`, `ID`, `UPDATED_AT`, `USER_ID`)
values (CURRENT_TIMESTAMP, ?, ?, ?, CURRENT_TIMESTAMP, ?)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `CREATED_AT` = CASE WHEN `EXPIRES` > ? THEN COALESCE(`CREATED_AT`, CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 3 rows
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and `EXPIRES` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and `EXPIRES` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and `EXPIRES` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 3 rows
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and `DATA` = ?
  and `EXPIRES` > ?
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and `DATA` = ?
  and `EXPIRES` > ?
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and `DATA` = ?
  and `EXPIRES` > ?
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
update `MY``"APP`.`USER'S``"SESSIONS` set
  `EXPIRES` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` in (?, ?, ?)
  and `EXPIRES` > ?
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 3 rows
delete from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` in (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 3 rows
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `DATA` = ?,
  `USER_ID` = ?
where `ID` = ?
  and `DATA` = ?
  and `EXPIRES` > ?
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `DATA` = ?,
  `USER_ID` = ?
where `ID` = ?
  and `DATA` = ?
  and `EXPIRES` > ?
-- bindings: ["key-2","sealed 2",null,"key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `DATA` = ?,
  `USER_ID` = ?
where `ID` = ?
  and `DATA` = ?
  and `EXPIRES` > ?
-- bindings: ["sha256:key-3","sealed 3",null,"key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 3 rows
delete from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` in (?, ?, ?)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- rotate
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `DATA` = ?,
  `USER_ID` = ?
where `ID` = ?
  and `DATA` = ?
  and `EXPIRES` > ?
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- claim, 3 rows
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `EXPIRES` = ?
where `ID` = ?
  and `EXPIRES` > ?
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `EXPIRES` = ?
where `ID` = ?
  and `EXPIRES` > ?
-- bindings: ["claimed key-2",-1700000000,"key-2",1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `EXPIRES` = ?
where `ID` = ?
  and `EXPIRES` > ?
-- bindings: ["claimed key-3",-1700000000,"key-3",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and (`EXPIRES` < ? or `EXPIRES` > ?)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and (`EXPIRES` < ? or `EXPIRES` > ?)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update `MY``"APP`.`USER'S``"SESSIONS` set
  `ID` = ?,
  `DATA` = ?,
  `EXPIRES` = ?,
  `USER_ID` = ?,
  `UPDATED_AT` = CURRENT_TIMESTAMP
where `ID` = ?
  and (`EXPIRES` < ? or `EXPIRES` > ?)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- expired
select `ID`, `EXPIRES`
from `MY``"APP`.`USER'S``"SESSIONS`
where `EXPIRES` between ? and ?
order by `EXPIRES` asc
limit ?
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
delete from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` in (?, ?, ?)
  and `EXPIRES` <= ?
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` > ?
  and `EXPIRES` > ?
order by `ID` asc
limit ?
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `EXPIRES` > ?
  and `USER_ID` in (?)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `EXPIRES` > ?
  and `USER_ID` in (?, ?)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `USER_ID` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `MY``"APP`.`USER'S``"SESSIONS`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `USER_ID` in (?)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `USER_ID` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `MY``"APP`.`USER'S``"SESSIONS`
where 1 = ?
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select `ID`, `DATA`, `EXPIRES`, `CREATED_AT`, `UPDATED_AT`, `USER_ID`
from `MY``"APP`.`USER'S``"SESSIONS`
where `USER_ID` in (?, ?)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` in (?)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- count
select count(*) as `LIVE`
from `MY``"APP`.`USER'S``"SESSIONS`
where `EXPIRES` > ?
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
select count(*) as `LIVE`
from `MY``"APP`.`USER'S``"SESSIONS`
where `ID` like ?
  and `EXPIRES` > ?
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
delete from `MY``"APP`.`USER'S``"SESSIONS`
-- bindings: []
