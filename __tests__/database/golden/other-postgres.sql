-- other-postgres: {"asciiOnly":true,"maxRows":100,"sweepRows":100}

-- shape: plain

-- columns
select *
from information_schema.tables
where table_name = $1
  and table_schema = current_schema()
-- bindings: ["Sessions"]
-- resolves with []; with one row, ["id","data","expires","created_at","updated_at","user_id"]
-- columns, with one row
select *
from information_schema.tables
where table_name = $1
  and table_schema = current_schema()
-- bindings: ["Sessions"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = current_schema()
-- bindings: ["Sessions","id"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = current_schema()
-- bindings: ["Sessions","data"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = current_schema()
-- bindings: ["Sessions","expires"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = current_schema()
-- bindings: ["Sessions","created_at"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = current_schema()
-- bindings: ["Sessions","updated_at"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = current_schema()
-- bindings: ["Sessions","user_id"]

-- create
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
create index "Sessions_expires_index" on "Sessions" ("expires")
-- bindings: []
-- create, refused by the database: resolves
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
select "id", "data", "expires"
from "Sessions"
where "id" = $1
-- bindings: [""]

-- ensureIndexes
-- sends nothing

-- drop
drop table if exists "Sessions"
-- bindings: []

-- isNarrow
-- sends nothing
-- resolves with false; with one row, false

-- widen
-- sends nothing

-- plan

create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  constraint "Sessions_pkey" primary key ("id")
)

create index "Sessions_expires_index" on "Sessions" ("expires")

-- size
-- sends nothing

-- select, 1 row
select "id", "data", "expires"
from "Sessions"
where "id" in ($1)
  and "expires" > $2
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- select, 3 rows
select "id", "data", "expires"
from "Sessions"
where "id" in ($1, $2, $3)
  and "expires" > $4
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101]]

-- upsert, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id")
values ($1, $2, $3)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id")
values ($1, $2, $3)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id")
values ($1, $2, $3)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id")
values ($1, $2, $3)
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id")
values ($1, $2, $3)
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":2}",1700000102,"key-2",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":3}",1700000103,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":2}",1700000102,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":3}",1700000103,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
update "Sessions" set
  "expires" = $1
where "id" in ($2)
  and "expires" > $3
-- bindings: [1700000200,"key-1",1700000000] (timeout: 60000 ms)

-- touch, 3 rows
update "Sessions" set
  "expires" = $1
where "id" in ($2, $3, $4)
  and "expires" > $5
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 1 row
delete from "Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- remove, 3 rows
delete from "Sessions"
where "id" in ($1, $2, $3)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 1 row
update "Sessions" set
  "id" = $1,
  "data" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["sha256:key-1","sealed 1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
update "Sessions" set
  "id" = $1,
  "data" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["sha256:key-1","sealed 1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["key-2","sealed 2","key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["sha256:key-3","sealed 3","key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 1 row
delete from "Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- end, 3 rows
delete from "Sessions"
where "id" in ($1, $2, $3)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- rotate
update "Sessions" set
  "id" = $1,
  "data" = $2
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["sha256:key-1","sealed 1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- claim, 1 row
update "Sessions" set
  "id" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)

-- claim, 3 rows
update "Sessions" set
  "id" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["claimed key-2",-1700000000,"key-2",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["claimed key-3",-1700000000,"key-3",1700000000] (timeout: 60000 ms)

-- rename, 1 row
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-2","{\"n\":2}",1700000102,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-3","{\"n\":3}",1700000103,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- expired
select "id", "expires"
from "Sessions"
where "expires" between $1 and $2
order by "expires" asc
limit $3
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 1 row
delete from "Sessions"
where "id" in ($1)
  and "expires" <= $2
-- bindings: ["key-1",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- removeEnded, 3 rows
delete from "Sessions"
where "id" in ($1, $2, $3)
  and "expires" <= $4
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
select "id", "data", "expires"
from "Sessions"
where "id" > $1
  and "expires" > $2
order by "id" asc
limit $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,null,null]]

-- count
select count(*) as "live"
from "Sessions"
where "expires" > $1
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
select count(*) as "live"
from "Sessions"
where "id" like $1
  and "expires" > $2
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
delete from "Sessions"
-- bindings: []

-- shape: timestamps

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; select, 1 row; select, 3 rows; remove, 1 row; remove, 3 rows; move, 1 row; move, 3 rows; end, 1 row; end, 3 rows; rotate; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- create
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
create index "Sessions_expires_index" on "Sessions" ("expires")
-- bindings: []
-- create, refused by the database: resolves
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
select "id", "data", "expires", "created_at", "updated_at"
from "Sessions"
where "id" = $1
-- bindings: [""]

-- addColumns created_at
alter table "Sessions" add column "created_at" timestamptz null
-- bindings: []

-- addColumns updated_at
alter table "Sessions" add column "updated_at" timestamptz null
-- bindings: []

-- addColumns created_at, updated_at
alter table "Sessions" add column "created_at" timestamptz null, add column "updated_at" timestamptz null
-- bindings: []

-- plan

create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  constraint "Sessions_pkey" primary key ("id")
)

create index "Sessions_expires_index" on "Sessions" ("expires")

-- plan created_at, updated_at

alter table "Sessions" add column "created_at" timestamptz null, add column "updated_at" timestamptz null

-- upsert, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":2}",1700000102,1700000000,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":3}",1700000103,1700000000,"key-3"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":1}",1700000101,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":2}",1700000102,"key-2"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP)
-- bindings: ["{\"n\":3}",1700000103,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,1700000000,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":2}",1700000102,1700000000,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "created_at" = CASE WHEN "expires" > $3 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
-- bindings: ["{\"n\":3}",1700000103,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":1}",1700000101,"key-1",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":2}",1700000102,"key-2",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "expires" > $4
-- bindings: ["{\"n\":3}",1700000103,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"key-1","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":2}",1700000102,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $3
  and "data" = $4
  and "expires" > $5
-- bindings: ["{\"n\":3}",1700000103,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 1 row
update "Sessions" set
  "expires" = $1,
  "updated_at" = CURRENT_TIMESTAMP
where "id" in ($2)
  and "expires" > $3
-- bindings: [1700000200,"key-1",1700000000] (timeout: 60000 ms)

-- touch, 3 rows
update "Sessions" set
  "expires" = $1,
  "updated_at" = CURRENT_TIMESTAMP
where "id" in ($2, $3, $4)
  and "expires" > $5
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- rename, 1 row
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-1","{\"n\":1}",1700000101,"claimed key-1",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-2","{\"n\":2}",1700000102,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and ("expires" < $5 or "expires" > $6)
-- bindings: ["key-3","{\"n\":3}",1700000103,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- page
select "id", "data", "expires", "created_at", "updated_at"
from "Sessions"
where "id" > $1
  and "expires" > $2
order by "id" asc
limit $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,null,1700000000,1700000000]]

-- shape: timestamps, users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps
--   addColumns created_at; addColumns updated_at; addColumns created_at, updated_at; touch, 1 row; touch, 3 rows

-- create
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
create index "Sessions_expires_index" on "Sessions" ("expires")
-- bindings: []
create index "Sessions_user_id_index" on "Sessions" ("user_id")
-- bindings: []
-- create, refused by the database: resolves
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "id" = $1
-- bindings: [""]

-- addColumns user_id
alter table "Sessions" add column "user_id" varchar(100) null
-- bindings: []
create index "Sessions_user_id_index" on "Sessions" ("user_id")
-- bindings: []

-- addColumns created_at, user_id
alter table "Sessions" add column "created_at" timestamptz null, add column "user_id" varchar(100) null
-- bindings: []
create index "Sessions_user_id_index" on "Sessions" ("user_id")
-- bindings: []

-- addColumns updated_at, user_id
alter table "Sessions" add column "updated_at" timestamptz null, add column "user_id" varchar(100) null
-- bindings: []
create index "Sessions_user_id_index" on "Sessions" ("user_id")
-- bindings: []

-- addColumns created_at, updated_at, user_id
alter table "Sessions" add column "created_at" timestamptz null, add column "updated_at" timestamptz null, add column "user_id" varchar(100) null
-- bindings: []
create index "Sessions_user_id_index" on "Sessions" ("user_id")
-- bindings: []

-- plan

create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)

create index "Sessions_expires_index" on "Sessions" ("expires")

create index "Sessions_user_id_index" on "Sessions" ("user_id")

-- plan created_at, updated_at, user_id

alter table "Sessions" add column "created_at" timestamptz null, add column "updated_at" timestamptz null, add column "user_id" varchar(100) null

create index "Sessions_user_id_index" on "Sessions" ("user_id")

-- select, 1 row
select "id", "data", "expires", "user_id"
from "Sessions"
where "id" in ($1)
  and "expires" > $2
-- bindings: ["key-1",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- select, 3 rows
select "id", "data", "expires", "user_id"
from "Sessions"
where "id" in ($1, $2, $3)
  and "expires" > $4
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into "Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- move, 1 row
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)

-- move, 3 rows
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["key-2","sealed 2",null,"key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["sha256:key-3","sealed 3",null,"key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- rotate
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- page
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "id" > $1
  and "expires" > $2
order by "id" asc
limit $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "expires" > $1
  and "user_id" in ($2)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "expires" > $1
  and "user_id" in ($2, $3)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "user_id" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "Sessions"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "user_id" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "user_id" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "Sessions"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "Sessions"
where "user_id" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- shape: timestamps, absolute lifetime

-- throws TypeError

-- shape: users

-- as in shape: plain
--   columns; ensureIndexes; drop; isNarrow; widen; size; touch, 1 row; touch, 3 rows; remove, 1 row; remove, 3 rows; end, 1 row; end, 3 rows; claim, 1 row; claim, 3 rows; expired; removeEnded, 1 row; removeEnded, 3 rows; count; countHashed; clear

-- as in shape: timestamps, users
--   addColumns user_id; select, 1 row; select, 3 rows; move, 1 row; move, 3 rows; rotate

-- create
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
create index "Sessions_expires_index" on "Sessions" ("expires")
-- bindings: []
create index "Sessions_user_id_index" on "Sessions" ("user_id")
-- bindings: []
-- create, refused by the database: resolves
create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
select "id", "data", "expires", "user_id"
from "Sessions"
where "id" = $1
-- bindings: [""]

-- plan

create table "Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)

create index "Sessions_expires_index" on "Sessions" ("expires")

create index "Sessions_user_id_index" on "Sessions" ("user_id")

-- plan user_id

alter table "Sessions" add column "user_id" varchar(100) null

create index "Sessions_user_id_index" on "Sessions" ("user_id")

-- upsert, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id", "user_id")
values ($1, $2, $3, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
-- upsert, 1 row, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
-- upsert, 1 row, refused by the database: rejects
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id", "user_id")
values ($1, $2, $3, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)

-- upsert, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":2}",1700000102,null,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":3}",1700000103,null,"key-3"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id", "user_id")
values ($1, $2, $3, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id", "user_id")
values ($1, $2, $3, $4)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into "Sessions" ("data", "expires", "id", "user_id")
values ($1, $2, $3, $4)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":2}",1700000102,null,"key-2"] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
-- bindings: ["{\"n\":3}",1700000103,null,"key-3"] (timeout: 60000 ms)

-- update, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)

-- update, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 1 row
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- replace, 3 rows
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update "Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- rename, 1 row
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update "Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- page
select "id", "data", "expires", "user_id"
from "Sessions"
where "id" > $1
  and "expires" > $2
order by "id" asc
limit $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",null,null]]

-- ofUser, 1 user
select "id", "data", "expires", "user_id"
from "Sessions"
where "expires" > $1
  and "user_id" in ($2)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",null,null]]

-- ofUser, 2 users
select "id", "data", "expires", "user_id"
from "Sessions"
where "expires" > $1
  and "user_id" in ($2, $3)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",null,null]]

-- removeUser, 1 user
select "id", "data", "expires", "user_id"
from "Sessions"
where "user_id" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "Sessions"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select "id", "data", "expires", "user_id"
from "Sessions"
where "user_id" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select "id", "data", "expires", "user_id"
from "Sessions"
where "user_id" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "Sessions"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select "id", "data", "expires", "user_id"
from "Sessions"
where "user_id" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- shape: timestamps, users, absolute lifetime

-- throws TypeError

-- shape: timestamps, users, in the schema app

-- as in shape: plain
--   ensureIndexes; isNarrow; widen; size

-- columns
select *
from information_schema.tables
where table_name = $1
  and table_schema = $2
-- bindings: ["Sessions","app"]
-- resolves with []; with one row, ["id","data","expires","created_at","updated_at","user_id"]
-- columns, with one row
select *
from information_schema.tables
where table_name = $1
  and table_schema = $2
-- bindings: ["Sessions","app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["Sessions","id","app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["Sessions","data","app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["Sessions","expires","app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["Sessions","created_at","app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["Sessions","updated_at","app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["Sessions","user_id","app"]

-- create
create table "app"."Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
create index "Sessions_expires_index" on "app"."Sessions" ("expires")
-- bindings: []
create index "Sessions_user_id_index" on "app"."Sessions" ("user_id")
-- bindings: []
-- create, refused by the database: resolves
create table "app"."Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)
-- bindings: []
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "id" = $1
-- bindings: [""]

-- drop
drop table if exists "app"."Sessions"
-- bindings: []

-- addColumns created_at, updated_at, user_id
alter table "app"."Sessions" add column "created_at" timestamptz null, add column "updated_at" timestamptz null, add column "user_id" varchar(100) null
-- bindings: []
create index "Sessions_user_id_index" on "app"."Sessions" ("user_id")
-- bindings: []

-- plan

create table "app"."Sessions" (
  "id" varchar(100) not null,
  "data" text not null,
  "expires" bigint not null,
  "created_at" timestamptz,
  "updated_at" timestamptz,
  "user_id" varchar(100) null,
  constraint "Sessions_pkey" primary key ("id")
)

create index "Sessions_expires_index" on "app"."Sessions" ("expires")

create index "Sessions_user_id_index" on "app"."Sessions" ("user_id")

-- plan created_at, updated_at, user_id

alter table "app"."Sessions" add column "created_at" timestamptz null, add column "updated_at" timestamptz null, add column "user_id" varchar(100) null

create index "Sessions_user_id_index" on "app"."Sessions" ("user_id")

-- select, 3 rows
select "id", "data", "expires", "user_id"
from "app"."Sessions"
where "id" in ($1, $2, $3)
  and "expires" > $4
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into "app"."Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into "app"."Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into "app"."Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, refused by the database: rejects
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into "app"."Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into "app"."Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into "app"."Sessions" ("created_at", "data", "expires", "id", "updated_at", "user_id")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "created_at" = CASE WHEN "expires" > $4 THEN COALESCE("created_at", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 3 rows
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "expires" > $5
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 3 rows
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "data" = $1,
  "expires" = $2,
  "user_id" = $3,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
update "app"."Sessions" set
  "expires" = $1,
  "updated_at" = CURRENT_TIMESTAMP
where "id" in ($2, $3, $4)
  and "expires" > $5
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 3 rows
delete from "app"."Sessions"
where "id" in ($1, $2, $3)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 3 rows
update "app"."Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["key-2","sealed 2",null,"key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["sha256:key-3","sealed 3",null,"key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 3 rows
delete from "app"."Sessions"
where "id" in ($1, $2, $3)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- rotate
update "app"."Sessions" set
  "id" = $1,
  "data" = $2,
  "user_id" = $3
where "id" = $4
  and "data" = $5
  and "expires" > $6
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- claim, 3 rows
update "app"."Sessions" set
  "id" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "id" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["claimed key-2",-1700000000,"key-2",1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "id" = $1,
  "expires" = $2
where "id" = $3
  and "expires" > $4
-- bindings: ["claimed key-3",-1700000000,"key-3",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update "app"."Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update "app"."Sessions" set
  "id" = $1,
  "data" = $2,
  "expires" = $3,
  "user_id" = $4,
  "updated_at" = CURRENT_TIMESTAMP
where "id" = $5
  and ("expires" < $6 or "expires" > $7)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- expired
select "id", "expires"
from "app"."Sessions"
where "expires" between $1 and $2
order by "expires" asc
limit $3
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
delete from "app"."Sessions"
where "id" in ($1, $2, $3)
  and "expires" <= $4
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "id" > $1
  and "expires" > $2
order by "id" asc
limit $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "expires" > $1
  and "user_id" in ($2)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "expires" > $1
  and "user_id" in ($2, $3)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "user_id" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "app"."Sessions"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "user_id" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "app"."Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "user_id" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "app"."Sessions"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select "id", "data", "expires", "created_at", "updated_at", "user_id"
from "app"."Sessions"
where "user_id" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "app"."Sessions"
where "id" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- count
select count(*) as "live"
from "app"."Sessions"
where "expires" > $1
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
select count(*) as "live"
from "app"."Sessions"
where "id" like $1
  and "expires" > $2
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
delete from "app"."Sessions"
-- bindings: []

-- shape: timestamps, users, with names in need of quotes, and a wrapIdentifier

-- as in shape: plain
--   ensureIndexes; isNarrow; widen; size

-- columns
select *
from information_schema.tables
where table_name = $1
  and table_schema = $2
-- bindings: ["user's`\"Sessions","my`\"app"]
-- resolves with []; with one row, ["id","data","expires","created_at","updated_at","user_id"]
-- columns, with one row
select *
from information_schema.tables
where table_name = $1
  and table_schema = $2
-- bindings: ["user's`\"Sessions","my`\"app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["user's`\"Sessions","id","my`\"app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["user's`\"Sessions","data","my`\"app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["user's`\"Sessions","expires","my`\"app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["user's`\"Sessions","created_at","my`\"app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["user's`\"Sessions","updated_at","my`\"app"]
select *
from information_schema.columns
where table_name = $1
  and column_name = $2
  and table_schema = $3
-- bindings: ["user's`\"Sessions","user_id","my`\"app"]

-- create
create table "MY`""APP"."USER'S`""SESSIONS" (
  "ID" varchar(100) not null,
  "DATA" text not null,
  "EXPIRES" bigint not null,
  "CREATED_AT" timestamptz,
  "UPDATED_AT" timestamptz,
  "USER_ID" varchar(100) null,
  constraint "USER'S`""SESSIONS_PKEY" primary key ("ID")
)
-- bindings: []
create index "USER'S`""SESSIONS_EXPIRES_INDEX" on "MY`""APP"."USER'S`""SESSIONS" ("EXPIRES")
-- bindings: []
create index "USER'S`""SESSIONS_USER_ID_INDEX" on "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")
-- bindings: []
-- create, refused by the database: resolves
create table "MY`""APP"."USER'S`""SESSIONS" (
  "ID" varchar(100) not null,
  "DATA" text not null,
  "EXPIRES" bigint not null,
  "CREATED_AT" timestamptz,
  "UPDATED_AT" timestamptz,
  "USER_ID" varchar(100) null,
  constraint "USER'S`""SESSIONS_PKEY" primary key ("ID")
)
-- bindings: []
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "ID" = $1
-- bindings: [""]

-- drop
drop table if exists "MY`""APP"."USER'S`""SESSIONS"
-- bindings: []

-- addColumns created_at, updated_at, user_id
alter table "MY`""APP"."USER'S`""SESSIONS" add column "CREATED_AT" timestamptz null, add column "UPDATED_AT" timestamptz null, add column "USER_ID" varchar(100) null
-- bindings: []
create index "USER'S`""SESSIONS_USER_ID_INDEX" on "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")
-- bindings: []

-- plan

create table "MY`""APP"."USER'S`""SESSIONS" (
  "ID" varchar(100) not null,
  "DATA" text not null,
  "EXPIRES" bigint not null,
  "CREATED_AT" timestamptz,
  "UPDATED_AT" timestamptz,
  "USER_ID" varchar(100) null,
  constraint "USER'S`""SESSIONS_PKEY" primary key ("ID")
)

create index "USER'S`""SESSIONS_EXPIRES_INDEX" on "MY`""APP"."USER'S`""SESSIONS" ("EXPIRES")

create index "USER'S`""SESSIONS_USER_ID_INDEX" on "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")

-- plan created_at, updated_at, user_id

alter table "MY`""APP"."USER'S`""SESSIONS" add column "CREATED_AT" timestamptz null, add column "UPDATED_AT" timestamptz null, add column "USER_ID" varchar(100) null

create index "USER'S`""SESSIONS_USER_ID_INDEX" on "MY`""APP"."USER'S`""SESSIONS" ("USER_ID")

-- select, 3 rows
select "ID", "DATA", "EXPIRES", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "ID" in ($1, $2, $3)
  and "EXPIRES" > $4
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1"]]

-- upsert, 3 rows
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into "MY`""APP"."USER'S`""SESSIONS" ("CREATED_AT", "DATA", "EXPIRES", "ID", "UPDATED_AT", "USER_ID")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into "MY`""APP"."USER'S`""SESSIONS" ("CREATED_AT", "DATA", "EXPIRES", "ID", "UPDATED_AT", "USER_ID")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into "MY`""APP"."USER'S`""SESSIONS" ("CREATED_AT", "DATA", "EXPIRES", "ID", "UPDATED_AT", "USER_ID")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
-- upsert, 3 rows, with one row
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
-- upsert, 3 rows, refused by the database: rejects
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)
insert into "MY`""APP"."USER'S`""SESSIONS" ("CREATED_AT", "DATA", "EXPIRES", "ID", "UPDATED_AT", "USER_ID")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":1}",1700000101,"key-1","user-1"] (timeout: 60000 ms)
insert into "MY`""APP"."USER'S`""SESSIONS" ("CREATED_AT", "DATA", "EXPIRES", "ID", "UPDATED_AT", "USER_ID")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":2}",1700000102,"key-2",null] (timeout: 60000 ms)
insert into "MY`""APP"."USER'S`""SESSIONS" ("CREATED_AT", "DATA", "EXPIRES", "ID", "UPDATED_AT", "USER_ID")
values (CURRENT_TIMESTAMP, $1, $2, $3, CURRENT_TIMESTAMP, $4)
-- bindings: ["{\"n\":3}",1700000103,"key-3",null] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":1}",1700000101,"user-1",1700000000,"key-1"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":2}",1700000102,null,1700000000,"key-2"] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "CREATED_AT" = CASE WHEN "EXPIRES" > $4 THEN COALESCE("CREATED_AT", CURRENT_TIMESTAMP) ELSE CURRENT_TIMESTAMP END,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
-- bindings: ["{\"n\":3}",1700000103,null,1700000000,"key-3"] (timeout: 60000 ms)

-- update, 3 rows
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $4
  and "EXPIRES" > $5
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $4
  and "EXPIRES" > $5
-- bindings: ["{\"n\":2}",1700000102,null,"key-2",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $4
  and "EXPIRES" > $5
-- bindings: ["{\"n\":3}",1700000103,null,"key-3",1700000000] (timeout: 60000 ms)

-- replace, 3 rows
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $4
  and "DATA" = $5
  and "EXPIRES" > $6
-- bindings: ["{\"n\":1}",1700000101,"user-1","key-1","as loaded",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $4
  and "DATA" = $5
  and "EXPIRES" > $6
-- bindings: ["{\"n\":2}",1700000102,null,"key-2","as loaded",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "DATA" = $1,
  "EXPIRES" = $2,
  "USER_ID" = $3,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $4
  and "DATA" = $5
  and "EXPIRES" > $6
-- bindings: ["{\"n\":3}",1700000103,null,"key-3","as loaded",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- touch, 3 rows
update "MY`""APP"."USER'S`""SESSIONS" set
  "EXPIRES" = $1,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" in ($2, $3, $4)
  and "EXPIRES" > $5
-- bindings: [1700000200,"key-1","key-2","key-3",1700000000] (timeout: 60000 ms)

-- remove, 3 rows
delete from "MY`""APP"."USER'S`""SESSIONS"
where "ID" in ($1, $2, $3)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- move, 3 rows
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "DATA" = $2,
  "USER_ID" = $3
where "ID" = $4
  and "DATA" = $5
  and "EXPIRES" > $6
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "DATA" = $2,
  "USER_ID" = $3
where "ID" = $4
  and "DATA" = $5
  and "EXPIRES" > $6
-- bindings: ["key-2","sealed 2",null,"key-2","{\"n\":2}",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "DATA" = $2,
  "USER_ID" = $3
where "ID" = $4
  and "DATA" = $5
  and "EXPIRES" > $6
-- bindings: ["sha256:key-3","sealed 3",null,"key-3","{\"n\":3}",1700000000] (timeout: 60000 ms)

-- end, 3 rows
delete from "MY`""APP"."USER'S`""SESSIONS"
where "ID" in ($1, $2, $3)
-- bindings: ["key-1","key-2","key-3"] (timeout: 60000 ms)

-- rotate
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "DATA" = $2,
  "USER_ID" = $3
where "ID" = $4
  and "DATA" = $5
  and "EXPIRES" > $6
-- bindings: ["sha256:key-1","sealed 1","user:1","key-1","{\"n\":1}",1700000000] (timeout: 60000 ms)
-- resolves with {}; with one row, {}

-- claim, 3 rows
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "EXPIRES" = $2
where "ID" = $3
  and "EXPIRES" > $4
-- bindings: ["claimed key-1",-1700000000,"key-1",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "EXPIRES" = $2
where "ID" = $3
  and "EXPIRES" > $4
-- bindings: ["claimed key-2",-1700000000,"key-2",1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "EXPIRES" = $2
where "ID" = $3
  and "EXPIRES" > $4
-- bindings: ["claimed key-3",-1700000000,"key-3",1700000000] (timeout: 60000 ms)

-- rename, 3 rows
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "DATA" = $2,
  "EXPIRES" = $3,
  "USER_ID" = $4,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
  and ("EXPIRES" < $6 or "EXPIRES" > $7)
-- bindings: ["key-1","{\"n\":1}",1700000101,"user-1","claimed key-1",0,1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "DATA" = $2,
  "EXPIRES" = $3,
  "USER_ID" = $4,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
  and ("EXPIRES" < $6 or "EXPIRES" > $7)
-- bindings: ["key-2","{\"n\":2}",1700000102,null,"claimed key-2",0,1700000000] (timeout: 60000 ms)
update "MY`""APP"."USER'S`""SESSIONS" set
  "ID" = $1,
  "DATA" = $2,
  "EXPIRES" = $3,
  "USER_ID" = $4,
  "UPDATED_AT" = CURRENT_TIMESTAMP
where "ID" = $5
  and ("EXPIRES" < $6 or "EXPIRES" > $7)
-- bindings: ["key-3","{\"n\":3}",1700000103,null,"claimed key-3",0,1700000000] (timeout: 60000 ms)

-- expired
select "ID", "EXPIRES"
from "MY`""APP"."USER'S`""SESSIONS"
where "EXPIRES" between $1 and $2
order by "EXPIRES" asc
limit $3
-- bindings: [1699999700,1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1",1699999999]]

-- removeEnded, 3 rows
delete from "MY`""APP"."USER'S`""SESSIONS"
where "ID" in ($1, $2, $3)
  and "EXPIRES" <= $4
-- bindings: ["key-1","key-2","key-3",1700000000] (timeout: 60000 ms)
-- resolves with 0; with one row, 1

-- page
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "ID" > $1
  and "EXPIRES" > $2
order by "ID" asc
limit $3
-- bindings: ["key-0",1700000000,50] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 1 user
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "EXPIRES" > $1
  and "USER_ID" in ($2)
-- bindings: [1700000000,"user-1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- ofUser, 2 users
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "EXPIRES" > $1
  and "USER_ID" in ($2, $3)
-- bindings: [1700000000,"user-1","user:1"] (timeout: 1250 ms)
-- resolves with []; with one row, [["key-1","{\"n\":1}",1700000101,"user-1",1700000000,1700000000]]

-- removeUser, 1 user
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "USER_ID" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "MY`""APP"."USER'S`""SESSIONS"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 1 user, with one row
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "USER_ID" in ($1)
-- bindings: ["user-1"] (timeout: 1250 ms)
delete from "MY`""APP"."USER'S`""SESSIONS"
where "ID" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- removeUser, 2 users, but for 2 rows
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "USER_ID" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "MY`""APP"."USER'S`""SESSIONS"
where 1 = $1
-- bindings: [0] (timeout: 60000 ms)
-- resolves with 0; with one row, 1
-- removeUser, 2 users, but for 2 rows, with one row
select "ID", "DATA", "EXPIRES", "CREATED_AT", "UPDATED_AT", "USER_ID"
from "MY`""APP"."USER'S`""SESSIONS"
where "USER_ID" in ($1, $2)
-- bindings: ["user-1","user:1"] (timeout: 1250 ms)
delete from "MY`""APP"."USER'S`""SESSIONS"
where "ID" in ($1)
-- bindings: ["key-1"] (timeout: 60000 ms)

-- count
select count(*) as "LIVE"
from "MY`""APP"."USER'S`""SESSIONS"
where "EXPIRES" > $1
-- bindings: [1700000000]
-- resolves with 0; with one row, 7

-- countHashed
select count(*) as "LIVE"
from "MY`""APP"."USER'S`""SESSIONS"
where "ID" like $1
  and "EXPIRES" > $2
-- bindings: ["sha256:%",1700000000]
-- resolves with 0; with one row, 7

-- clear
delete from "MY`""APP"."USER'S`""SESSIONS"
-- bindings: []
