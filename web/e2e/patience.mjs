import { jest } from '@jest/globals';

// A journey is many pages on a machine that may be slow; it fails by what it sees, not by the clock.
jest.setTimeout(180_000);
