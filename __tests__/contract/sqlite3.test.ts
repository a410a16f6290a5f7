/** The contract on SQLite through sqlite3. */

import { sqlite3 } from '../support/databases';
import { contract } from './suite';

contract(sqlite3());
