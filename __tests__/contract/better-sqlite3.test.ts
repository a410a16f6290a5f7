/** The contract on SQLite through better-sqlite3. */

import { betterSqlite3 } from '../support/databases';
import { contract } from './suite';

contract(betterSqlite3());
