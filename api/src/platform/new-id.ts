import { v7 } from 'uuid';

/** Ids are UUID v7, made in the program: they sort by the time they were made. */
export function newId(): string {
  return v7();
}
