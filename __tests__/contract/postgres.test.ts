/** The contract on PostgreSQL through pg. */

import { postgres } from '../support/databases';
import { contract } from './suite';

contract(postgres());
