import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { words } from '../words.js';

/** An address that cannot be decoded comes before any session or language: both languages, in plain text. */
export function brokenAddress(_error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(400).type('text/plain; charset=utf-8').send(sentenceOf('badRequest'));
}

/** What is no HTTP at all, or has headers without end. Answered, and the connection closed. */
export function brokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [status, name] = error.code === 'HPE_HEADER_OVERFLOW' ? ['431 Request Header Fields Too Large', 'tooLarge'] : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? ['408 Request Timeout', 'badRequest'] : ['400 Bad Request', 'badRequest'];
  const text = sentenceOf(name ?? 'badRequest');
  socket.end(`HTTP/1.1 ${status ?? ''}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`);
}

function sentenceOf(code: string): string {
  return `${words('zh-CN')(`error.${code}`)}\n${words('en')(`error.${code}`)}\n`;
}
