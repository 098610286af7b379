import type { Type } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import axe from 'axe-core';

/** What each native element is to a screen reader; enough for our pages. */
const implicit: Record<string, string> = {
  button: 'button',
  'a[href]': 'link',
  'input:not([type]), input[type=text], input[type=email]': 'textbox',
  'input[type=checkbox]': 'checkbox',
  textarea: 'textbox',
  select: 'combobox',
  'h1, h2, h3, h4': 'heading',
  table: 'table',
  progress: 'progressbar',
  nav: 'navigation',
  main: 'main',
  'ul, ol': 'list',
  li: 'listitem',
};

function isRole(element: Element, role: string): boolean {
  const given = element.getAttribute('role');
  if (given) return given === role;
  return Object.entries(implicit).some(([selector, each]) => each === role && element.matches(selector));
}

function nameOf(element: Element): string {
  axe.setup(document.body);
  try {
    const commons = axe as unknown as { commons: { text: { accessibleText(node: Element): string } } };
    return commons.commons.text.accessibleText(element).replace(/\s+/g, ' ').trim();
  } finally {
    axe.teardown();
  }
}

const matches = (name: string, wanted: string | RegExp | undefined): boolean => wanted === undefined || (typeof wanted === 'string' ? name === wanted : wanted.test(name));

/** Everything on the page with this role and accessible name; also what stands in dialogs and menus. */
export function allByRole(role: string, name?: string | RegExp): HTMLElement[] {
  return [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => isRole(element, role) && matches(nameOf(element), name));
}

/** The one with this role and name; it says what there is when there is none, or more than one. */
export function byRole(role: string, name?: string | RegExp): HTMLElement {
  const found = allByRole(role, name);
  if (found.length === 1) return found[0] as HTMLElement;
  const there = allByRole(role).map((element) => `“${nameOf(element)}”`);
  throw new Error(`${found.length} of role ${role} named ${String(name)}; there are: ${there.join(', ') || 'none'}`);
}

/** The form control with this label. */
export function byLabel(label: string | RegExp): HTMLInputElement {
  const found = [...document.body.querySelectorAll<HTMLInputElement>('input, select, textarea')].filter((element) => !element.hidden && matches(nameOf(element), label));
  if (found.length === 1) return found[0] as HTMLInputElement;
  throw new Error(`${found.length} controls labelled ${String(label)}`);
}

export function text(): string {
  return (document.body.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Draws a component with its inputs and waits until it is still. */
export async function render<T>(component: Type<T>, inputs: Record<string, unknown> = {}): Promise<ComponentFixture<T>> {
  const fixture = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  document.body.append(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  return fixture;
}

/** Types into a control as a person does: the text, then leaving it. */
export async function type(control: HTMLInputElement, written: string, fixture: ComponentFixture<unknown>): Promise<void> {
  control.focus();
  control.value = written;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('blur'));
  await fixture.whenStable();
}

export async function click(element: HTMLElement, fixture: ComponentFixture<unknown>): Promise<void> {
  element.click();
  await fixture.whenStable();
}

/** Fails with axe's own words. Colours and whole-page landmarks are not looked at here: jsdom does not draw. */
export async function expectAccessible(root: Element = document.body): Promise<void> {
  const rules = Object.fromEntries(['color-contrast', 'region', 'page-has-heading-one', 'landmark-one-main'].map((rule) => [rule, { enabled: false }]));
  const { violations } = await axe.run(root, { rules });
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
