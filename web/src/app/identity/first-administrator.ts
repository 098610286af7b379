import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { form, FormField, submit, validateStandardSchema } from '@angular/forms/signals';
import { Router } from '@angular/router';
import { FirstAdministratorSchema } from '@fairshare/contract/identity.js';
import { ApiClient } from '../ui/api-client';
import { CurrentSession } from '../ui/current-session';
import { Field, FieldControl } from '../ui/field';
import { errorOf } from '../ui/form-error';
import { ProblemNotice } from '../ui/problem-notice';
import { Doorway } from './doorway';

/** The very first page of an empty installation: who will run it. */
@Component({
  selector: 'fs-first-administrator',
  imports: [Doorway, Field, FieldControl, FormField, ProblemNotice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fs-doorway heading="Who will run this installation?">
      <form (submit)="$event.preventDefault(); save()" novalidate class="fs-stack">
        <p class="fs-quiet">You will be its administrator: you import the national registers and set up collaborations. Others are invited afterwards.</p>
        <fs-problem [error]="error()" />
        <fs-field label="Your name" [error]="errorOf(form.name)">
          <input fsControl class="fs-input" autocomplete="name" [formField]="form.name" />
        </fs-field>
        <fs-field label="E-mail" [error]="errorOf(form.email)">
          <input fsControl class="fs-input" type="email" autocomplete="username" [formField]="form.email" />
        </fs-field>
        <fs-field label="Password" hint="15 characters or more, at least 12; a short sentence is easiest to remember." [error]="errorOf(form.password)">
          <input fsControl class="fs-input" type="password" autocomplete="new-password" [formField]="form.password" />
        </fs-field>
        <button type="submit" class="fs-button primary" [attr.aria-disabled]="form().submitting()">Set up Fairshare</button>
      </form>
    </fs-doorway>
  `,
})
export class FirstAdministrator {
  readonly #api = inject(ApiClient);
  readonly #session = inject(CurrentSession);
  readonly #router = inject(Router);
  protected readonly errorOf = errorOf;
  protected readonly error = signal<unknown>(undefined);
  protected readonly form = form(signal({ name: '', email: '', password: '' }), (path) => validateStandardSchema(path, FirstAdministratorSchema));

  protected async save(): Promise<void> {
    this.error.set(undefined);
    await submit(this.form, async () => {
      try {
        const { email, password } = this.form().value();
        await this.#api.post('/api/session/first-administrator', this.form().value());
        await this.#session.signIn(email, password);
        await this.#router.navigateByUrl('/');
      } catch (error) {
        this.error.set(error);
      }
    });
  }
}
