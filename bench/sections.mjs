/** The sections of the benchmark, by name. */

import * as calls from './calls/section.mjs';
import * as gc from './gc/section.mjs';
import * as growth from './growth/section.mjs';
import * as http from './http/section.mjs';
import * as latency from './latency/section.mjs';
import * as rewrite from './rewrite/section.mjs';

export const sections = { http, calls, latency, growth, rewrite, gc };

export const sectionNames = Object.keys(sections);
