// One of two that start at once: brings the file to the schema of a folder of migrations. Run by migrate.test.ts.
import Sqlite from 'better-sqlite3';
import { migrate, ownMigrations } from '../../db/sqlite/migrate.js';

const [, , file = '', folder = ''] = process.argv;
const connection = new Sqlite(file);
process.stdout.write('ready\n');
migrate(connection, file, ownMigrations(folder));
connection.close();
