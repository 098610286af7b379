import { computed, inject, Injectable, signal } from '@angular/core';
import { z } from 'zod';
import { ApiClient } from './api-client';
import { Problem } from './problem';

/** What every long job of the API answers at its own address. */
const JobSchema = z.object({ state: z.string(), done: z.number(), total: z.number() });

/** A job that this browser follows; `key` names it, so that asking twice follows once. */
export interface Job {
  readonly key: string;
  readonly label: string;
  /** Where its progress is read: `/api/imports/…`. */
  readonly url: string;
  /** The page that shows its result. */
  readonly link?: string;
  readonly startedAt: number;
  readonly state: 'running' | 'done' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly problem?: Problem;
}

export type JobRequest = Pick<Job, 'key' | 'label' | 'url' | 'link'>;

const pollMs = 1000;
const storageKey = 'fairshare.jobs';
const finished = new Set(['done', 'failed', 'drafted', 'issued', 'review']);

/** “about 2 minutes left”, from the pace so far; nothing while there is no pace to go by. */
export function timeLeft(job: Pick<Job, 'startedAt' | 'done' | 'total'>, now: number): string | undefined {
  const elapsedMs = now - job.startedAt;
  if (job.done <= 0 || job.total <= 0 || elapsedMs < 2000) return undefined;
  const seconds = Math.round((elapsedMs / job.done) * (job.total - job.done) / 1000);
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
  return `about ${Math.round(seconds / 60)} minutes left`;
}

/** Follows long jobs while their pages come and go, and over a reload: they run on the server, not here. */
@Injectable({ providedIn: 'root' })
export class Jobs {
  readonly #api = inject(ApiClient);
  readonly #jobs = signal<readonly Job[]>(this.#restore());
  readonly all = this.#jobs.asReadonly();
  readonly running = computed(() => this.#jobs().filter((job) => job.state === 'running'));
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#schedule();
  }

  /** Begins to follow; `jobs.follow({ key: id, label: 'Import of schools', url: `/api/imports/${id}` })`. */
  follow(request: JobRequest): void {
    const job: Job = { ...request, startedAt: Date.now(), state: 'running', done: 0, total: 0 };
    this.#set([...this.#jobs().filter(({ key }) => key !== request.key), job]);
    void this.#poll();
  }

  job(key: string): Job | undefined {
    return this.#jobs().find((job) => job.key === key);
  }

  /** Takes a finished job off the list. */
  forget(key: string): void {
    this.#set(this.#jobs().filter((job) => job.key !== key));
  }

  async #poll(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all(this.running().map((job) => this.#ask(job)));
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.running().length > 0) this.#timer = setTimeout(() => void this.#poll(), pollMs);
  }

  async #ask(job: Job): Promise<void> {
    try {
      const answer = await this.#api.get(job.url, JobSchema);
      const state = answer.state === 'failed' ? 'failed' : finished.has(answer.state) ? 'done' : 'running';
      this.#change(job.key, { state, done: answer.done, total: answer.total });
    } catch (error) {
      const problem = Problem.of(error);
      // While the API cannot be reached the job may well go on: keep asking.
      if (!problem.unanswered) this.#change(job.key, { state: 'failed', problem });
    }
  }

  #change(key: string, change: Partial<Job>): void {
    this.#set(this.#jobs().map((job) => (job.key === key ? { ...job, ...change } : job)));
  }

  #set(jobs: readonly Job[]): void {
    this.#jobs.set(jobs);
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(jobs.filter((job) => job.state === 'running')));
    } catch {
      // Without storage a reload forgets them here; on the server they go on.
    }
  }

  #restore(): readonly Job[] {
    try {
      return JSON.parse(sessionStorage.getItem(storageKey) ?? '[]') as readonly Job[];
    } catch {
      return [];
    }
  }
}
