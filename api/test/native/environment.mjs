import { TestEnvironment } from 'jest-environment-node';

/** Lets a spec reach modules that Node itself has loaded: once for each worker instead of once for each spec file. */
export default class NativeEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    // Dates that a spec passes to the product, what decorators left behind and what is logged are the product's own.
    const { stdout, stderr } = process;
    Object.assign(this.global, { importNatively: (url) => import(url), Date, Reflect });
    Object.defineProperties(this.global.process, { stdout: { value: stdout }, stderr: { value: stderr } });
  }
}
