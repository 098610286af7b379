// The room `identity` owns what makes a password good enough, how recent a sign-in must be, and codes that are typed in.
// It refuses to know what a role may do: each room declares its own permissions.
// Hashing and signatures are done by libraries on the API's floor.
export * from './password.js';
export * from './recently.js';
export * from './typed-code.js';
export * from './two-people.js';
