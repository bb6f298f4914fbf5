import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

const services = ['ingress', 'dispatcher', 'realtime', 'api']
const everything = ['contracts', 'kit', 'db', 'simulator', 'cli', 'standalone', ...services]

/** The architecture, as data: which of our packages each folder may import. */
const mayImport = {
  contracts: [],
  kit: ['contracts'],
  db: ['contracts'],
  web: ['contracts'],
  simulator: ['kit', 'contracts'],
  services: ['contracts', 'kit', 'db'],
  cli: ['contracts', 'kit', 'db', 'simulator', ...services],
  standalone: everything,
  test: everything,
}

/** Libraries that one folder hides from all others. */
const hidden = [
  { regex: '^(drizzle-orm|postgres)(/|$)', folder: 'db', also: ['test'] },
  { regex: '^bullmq(/|$)', folder: 'kit', also: [] },
]

const boundaries = Object.entries(mayImport).map(([folder, allowed]) => ({
  files: [`${folder}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^@partyline/(?!(${['$^', ...allowed].join('|')})(/|$))`,
            message: `${folder}/ may import only: ${allowed.join(', ') || 'nothing of ours'}.`,
          },
          { regex: '^\\..*[^./]/src/', message: 'Cross a package by its name, not by its path.' },
          ...hidden
            .filter((library) => library.folder !== folder && !library.also.includes(folder))
            .map(({ regex, folder }) => ({ regex, message: `Only ${folder}/ imports this.` })),
        ],
      },
    ],
  },
}))

const bannedSyntax = [
  {
    selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock)$/]",
    message: 'Our own code is never mocked: boot the real thing.',
  },
  {
    selector: "MemberExpression[object.name='sql'][property.name=/^(raw|unsafe)$/]",
    message: 'Values go into SQL as parameters.',
  },
  {
    selector: "CallExpression[callee.property.name='unsafe']",
    message: 'Values go into SQL as parameters.',
  },
]

export default ts.config(
  {
    ignores: [
      '**/node_modules',
      'db/migrations',
      '**/build',
      '**/dist',
      '**/.svelte-kit',
      '.data',
      'coverage',
      'test-results',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
  },
  {
    files: ['web/**', 'simulator/src/phones/page/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...bannedSyntax],
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'svelte/no-at-html-tags': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    ignores: ['**/main.ts', 'standalone/**', 'test/**', '**/*.config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only main.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['test/**', '**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'max-lines-per-function': 'off',
      // The parser cannot see the types of other components' props; svelte-check can.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // The dashboard is always served from the root.
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  // State holds collections that are replaced, never changed in place.
  { files: ['**/*.svelte.ts'], rules: { 'svelte/prefer-svelte-reactivity': 'off' } },
  ...boundaries,
  { files: ['standalone/bin/**', 'cli/src/print.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
)
