/** A private PostgreSQL fails under load. */

import { createPostgres } from '../support/postgres-server';
import { survivesFailures } from './suite';

describe('on PostgreSQL', () => {
  survivesFailures('PostgreSQL', () => createPostgres());
});
