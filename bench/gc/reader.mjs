/** Another process of the same app, which does nothing but read: it feels the database alone. */

import { readInput } from '../support/processes.mjs';
import { openUnderReads } from './live.mjs';

const { place, rows, every } = readInput();
const { mark, end } = await openUnderReads(place, rows, every);

process.on('message', async () => process.send(await mark()));
process.once('disconnect', end);
process.send({});
