// Rules for the pages and the scripts of infra.

import js from '@eslint/js';

const names = (...list) => Object.fromEntries(list.map((name) => [name, 'readonly']));

const SHARED = names('AbortController', 'AbortSignal', 'clearInterval', 'clearTimeout', 'crypto', 'fetch', 'setInterval',
  'setTimeout', 'queueMicrotask', 'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams');
const BROWSER = names('addEventListener', 'document', 'history', 'localStorage', 'location', 'navigator', 'scrollTo');
const ADMIN = names('DOMException', 'Event', 'performance', 'print', 'PublicKeyCredential', 'removeEventListener', 'scrollY', 'sessionStorage', 'structuredClone');
const RESIDENTS = names('atob', 'Blob', 'btoa', 'caches', 'console', 'EventSource', 'indexedDB', 'matchMedia', 'Notification', 'print', 'structuredClone',
  'MessageChannel', 'Response', 'sessionStorage');
const WORKER = names('clients', 'registration', 'self', 'skipWaiting');
const NODE = names('Buffer', 'console', 'process', 'setImmediate', 'structuredClone');

export default [
  { ignores: ['web-admin/vendor/**', 'web-admin/built/**', 'web-residents/vendor/**', 'web-residents/built/**', '.local/**', '.venv/**'] },
  js.configs.recommended,
  {
    rules: {
      'default-case-last': 'error',
      eqeqeq: 'error',
      'max-lines-per-function': 'off',
      'no-implicit-globals': 'error',
      'no-shadow': 'error',
      'no-unused-vars': ['error', { args: 'after-used', argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
    },
  },
  { files: ['web-shared/**/*.js'], languageOptions: { globals: SHARED } },
  { files: ['web-admin/**/*.js'], languageOptions: { globals: { ...SHARED, ...BROWSER, ...ADMIN } } },
  { files: ['web-residents/**/*.js'], languageOptions: { globals: { ...SHARED, ...BROWSER, ...RESIDENTS } } },
  { files: ['web-residents/sw.js', 'web-residents/sw/**/*.js'], languageOptions: { globals: { ...SHARED, ...RESIDENTS, ...WORKER } } },
  { files: ['benchmarks/**/*.mjs', 'infra/**/*.mjs', 'tests/**/*.mjs'], languageOptions: { globals: { ...SHARED, ...NODE } } },
];
