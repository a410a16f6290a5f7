/** The contract on MySQL and MariaDB through mysql2. */

import { mysql } from '../support/databases';
import { contract } from './suite';

contract(mysql());
