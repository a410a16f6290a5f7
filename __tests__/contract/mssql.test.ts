/** The contract on SQL Server through tedious. */

import { mssql } from '../support/databases';
import { contract } from './suite';

contract(mssql());
