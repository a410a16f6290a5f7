/** docs/reference, written from the doc comments of what users import: `npm run docs`. */

import { Converter, ReflectionKind } from 'typedoc';
import { MarkdownPageEvent } from 'typedoc-plugin-markdown';

/** What belongs together, in the order in which one reads it; what is not named here ends up under the last. */
const groups = {
  'Making a store': [
    'createKnexStore',
    'default',
    'StoreOptions',
    'CreateKnexStoreOptions',
    'CreateKnexStore',
  ],
  'The store': ['SessionStore', 'UserSession', 'SessionEntry', 'EntriesOptions'],
  'For Express and Fastify': ['createExpressStore', 'ExpressStore'],
  'What it has done': ['StoreStats', 'BatchStats'],
  'What it traces': ['OperationTrace', 'BatchTrace', 'SweepTrace', 'EventMessage'],
  Errors: ['SessionStoreError', 'SessionStoreErrorCode', 'SessionStoreOperation'],
  'The table': ['createSessionTable', 'dropSessionTable', 'SessionTableOptions'],
  Codecs: ['Codec', 'TextCodec', 'composeCodecs'],
  'Other types': [],
};
const lastGroup = Object.keys(groups).at(-1);
const named = Object.values(groups).flat();

const groupOf = (name) => Object.entries(groups).find(([, names]) => names.includes(name))?.[0] ?? lastGroup;

const place = (name) => (named.includes(name) ? named.indexOf(name) : named.length);

/** Parameters that say nothing to whoever calls: that a method is bound, and that it takes more than it needs. */
const isNoise = ({ name, type }) => (name === 'this' && type?.name === 'void') || name === 'ignored';

/** Leaves out what is no news, and puts the rest in order. */
const arrange = (app) => {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    for (const reflection of context.project.getReflectionsByKind(ReflectionKind.All)) {
      if (reflection.parameters !== undefined) {
        reflection.parameters = reflection.parameters.filter((parameter) => !isNoise(parameter));
      }
    }
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, (context) => {
    for (const reflection of context.project.getReflectionsByKind(ReflectionKind.All)) {
      // The table of StoreOptions, once more.
      if (reflection.inheritedFrom !== undefined) context.project.removeReflection(reflection);
    }
    const options = context.project.getReflectionsByKind(ReflectionKind.Property);
    for (const option of options.filter(({ parent }) => parent.name === 'StoreOptions')) {
      const { summary = [], blockTags = [] } = option.comment ?? {};
      const hasDefault = blockTags.some(({ tag }) => /^@default(?:Value)?$/.test(tag));
      if (summary.length === 0 || !hasDefault) {
        app.logger.error(`the option ${option.name} needs a doc comment with its meaning and its @default`);
      }
    }
  });
  // After TypeDoc's own groups have been made.
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    (context) => context.project.getReflectionsByKind(ReflectionKind.Module).forEach(sortGroups),
    -1000,
  );
};

const sortGroups = (module) => {
  const [template] = module.groups ?? [];
  if (template === undefined) return;
  const children = [...module.children].sort((a, b) => place(a.name) - place(b.name));
  module.groups = Object.keys(groups)
    .map((title) => {
      const group = Object.assign(Object.create(Object.getPrototypeOf(template)), template, { title });
      group.children = children.filter(({ name }) => groupOf(name) === title);
      return group;
    })
    .filter((group) => group.children.length > 0);
};

/**
 * Without what the signature above says already: tables of parameters that have no descriptions, and bare types of
 * what is returned.
 */
const tidy = (markdown) =>
  markdown
    .replace(/^#+ (?:Type )?Parameters\n\n\|(?!.*\| Description \|).*\n(?:\|.*\n)+\n?/gm, '')
    .replace(/^#+ Type Parameters\n\n(?:\|.*\n)+\n?/gm, '')
    .replace(/^#+ Returns\n\n(?=(.+)\n\n(?:#|\*\*\*|$))\1\n\n/gm, (section, type) =>
      /^(?:`[^`]*`|\[`[^`]*`\]\([^)]*\)|[\\<>[\]|, ]|readonly)+$/.test(type) ? '' : section,
    );

/** @type {Partial<import('typedoc').TypeDocOptions> & Partial<import('typedoc-plugin-markdown').PluginOptions>} */
export default {
  entryPoints: ['lib/index.ts', 'lib/express/index.ts'],
  tsconfig: 'tsconfig.json',
  plugin: [
    'typedoc-plugin-markdown',
    arrange,
    (app) => {
      app.renderer.on(MarkdownPageEvent.END, (page) => {
        page.contents = tidy(page.contents);
      });
    },
  ],
  out: 'docs/reference',
  name: 'Reference',
  readme: 'none',
  entryFileName: 'README.md',
  alwaysCreateEntryPointModule: true,
  excludeExternals: true,
  intentionallyNotExported: ['Listener'],
  disableSources: true,
  hideGenerator: true,
  outputFileStrategy: 'modules',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandParameters: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  tableColumnSettings: { hideInherited: true, hideModifiers: true, hideOverrides: true, hideSources: true },
  sort: ['source-order'],
  logLevel: 'Warn',
};
