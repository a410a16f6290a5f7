/** The contract on a Knex client that has no dialect here, on PostgreSQL. */

import { standardPostgres } from '../support/databases';
import { contract } from './suite';

contract(standardPostgres());
