/** The contract on a Knex client that has no dialect here, on SQLite. */

import { standardSqlite } from '../support/databases';
import { contract } from './suite';

contract(standardSqlite());
