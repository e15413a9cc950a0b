// Signed parts, signed in batches ahead of need; with checksums, as soon as parts are hashed.
import type { SignedPart } from './contract.js';
import { unreadable } from './file-check.js';
import { hash } from './hashing.js';
import { Lifetime, type Session } from './session.js';

const batch = 32;
const ahead = 8;

export class PartUrls {
  #session: Session;
  #signal: AbortSignal;
  #upcoming: readonly number[];
  #slice: (part: number) => Blob;
  #signed = new Map<number, { part: SignedPart; lifetime: Lifetime }>();
  #hashes = new Map<number, Promise<string>>();
  #wanted = new Set<number>();
  #asking: Promise<void> | null = null;

  /** `upcoming` lists the parts that are not yet begun, which changes while they are sent. */
  constructor(session: Session, upcoming: readonly number[], slice: (part: number) => Blob, signal: AbortSignal) {
    this.#session = session;
    this.#upcoming = upcoming;
    this.#slice = slice;
    this.#signal = signal;
    for (const part of session.instructions?.parts ?? []) this.#signed.set(part.partNumber, { part, lifetime: session.lifetime! });
  }

  async get(number: number): Promise<SignedPart> {
    for (;;) {
      if (this.#has(number)) {
        if (!this.#usesChecksums && this.#upcoming.slice(0, ahead).some((next) => !this.#has(next))) this.#sign().catch(() => {});
        return this.#signed.get(number)!.part;
      }
      if (this.#usesChecksums) await this.#hash(number);
      this.#wanted.add(number);
      await this.#sign();
    }
  }

  /** Forgets a signature that storage refused. */
  drop(number: number): void { this.#signed.delete(number); }

  get #usesChecksums(): boolean { return this.#session.row.partChecksums === true; }

  #has(number: number): boolean { return this.#signed.get(number)?.lifetime.isEnding === false; }

  async #hash(number: number): Promise<void> {
    const hashing = this.#hashes.get(number) ?? hash(this.#slice(number), this.#signal);
    this.#hashes.set(number, hashing);
    try {
      await hashing;
    } catch (error) {
      this.#signal.throwIfAborted();
      throw unreadable(error);
    }
  }

  #sign(): Promise<void> {
    return this.#asking ??= this.#ask().finally(() => { this.#asking = null; });
  }

  async #ask(): Promise<void> {
    // What several senders want at the same moment is one call.
    await Promise.resolve();
    if (!this.#usesChecksums) {
      for (const next of this.#upcoming.slice(0, batch)) if (!this.#has(next)) this.#wanted.add(next);
    }
    const partNumbers = [...this.#wanted];
    this.#wanted.clear();
    const checksumsSha256 = this.#usesChecksums
      ? Object.fromEntries(await Promise.all(partNumbers.map(async (number) => [number, await this.#hashes.get(number)!]))) : undefined;
    const { body, clock } = await this.#session.call<{ parts: SignedPart[]; expiresAt: string }>(
      'POST', '/parts', this.#signal, { partNumbers, checksumsSha256 });
    const lifetime = new Lifetime(body.expiresAt, clock);
    for (const part of body.parts) this.#signed.set(part.partNumber, { part, lifetime });
  }
}
