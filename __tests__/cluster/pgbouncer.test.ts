/** The contract on PostgreSQL through PgBouncer, whose clients get another connection for each transaction. */

import { contract } from '../contract/suite';
import { pgBouncer } from './support/pgbouncer';

contract(pgBouncer());
