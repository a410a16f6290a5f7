/** A private MariaDB fails under load. */

import { describeOn } from '../support/databases';
import { createMariadb, hasMariadb } from '../support/mariadb-server';
import { survivesFailures } from './suite';

const name = 'MariaDB';

describeOn(hasMariadb ? { name } : { name, missing: 'install mariadb-server' }, () => {
  survivesFailures(name, () => createMariadb());
});
