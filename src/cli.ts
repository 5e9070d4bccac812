#!/usr/bin/env node
import { command } from './cli/command.js';

// Whoever reads the first lines alone (`verify | head`) has read enough: that is no fault of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(); throw error; });

process.exitCode = await command(process.argv.slice(2));
