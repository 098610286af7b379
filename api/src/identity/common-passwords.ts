import { dictionary } from '@zxcvbn-ts/language-common';

/** Passwords that programs try first: some fifty thousand, bundled, so that nothing is asked outside. */
const common = new Set<string>(dictionary['passwords-common']);

export const isCommonPassword = (word: string): boolean => common.has(word);
