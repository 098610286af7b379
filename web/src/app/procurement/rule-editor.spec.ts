import { Component, signal } from '@angular/core';
import { byLabel, expectAccessible, render, text } from '../../testing/screen';
import { emptyRule, sharingOf } from './rule-draft';
import { RuleEditor } from './rule-editor';

const schools = [{ urn: '125556', name: 'Telford Junior School' }, { urn: '125562', name: 'Telford Infant School' }];

@Component({
  selector: 'fs-test-rule',
  imports: [RuleEditor],
  template: `<fs-rule-editor [(draft)]="draft" [schools]="schools" [faults]="faults()" />`,
})
class Host {
  readonly schools = schools;
  readonly draft = signal(emptyRule('2026-09-01'));
  readonly faults = () => sharingOf(this.draft(), schools.map(({ urn }) => urn)).faults;
}

describe('RuleEditor', () => {
  it('When shares become fixed, then each school has a field, and what is missing to 100 % is said', async () => {
    const fixture = await render(Host);
    byLabel('By fixed percentages').click();
    await fixture.whenStable();
    const junior = byLabel('Telford Junior School, %');
    junior.value = '60';
    junior.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    expect(text()).toContain('Together they are 60 %; they have to be exactly 100 %.');
    const infant = byLabel('Telford Infant School, %');
    infant.value = '40';
    infant.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    expect(text()).not.toContain('Together they are');
    expect(fixture.componentInstance.draft()).toMatchObject({ basis: 'fixed', fixed: { '125556': '60', '125562': '40' } });
    await expectAccessible();
  });
});
