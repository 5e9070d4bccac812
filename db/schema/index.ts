/** Every table, each once. Only db/ knows that these are SQLite tables; outside it they are names and columns. */
export * from './organisation.js';
export * from './people.js';
export * from './findings.js';
export * from './waiting.js';
export * from './history.js';
export * from './evidence.js';
export * from './imports.js';
export * from './samples.js';
export * from './house.js';
export * from './meetings.js';
export * from './saved-views.js';
export * from './arrival.js';
export * from './reporting.js';
export * from './handout.js';
