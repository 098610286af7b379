import { Pipe, type PipeTransform } from '@angular/core';

const pounds = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Whole pence as people read them: `£1,234.50`, and `−£12.00` with a true minus sign for a credit. */
export function formatMoney(pence: number): string {
  const sign = pence < 0 ? '−' : '';
  return `${sign}£${pounds.format(Math.abs(pence) / 100)}`;
}

/** `{{ share.pence | money }}`. An amount that is not known yet shows as an en dash, never as nought. */
@Pipe({ name: 'money' })
export class MoneyPipe implements PipeTransform {
  transform(pence: number | null | undefined): string {
    return pence === null || pence === undefined ? '–' : formatMoney(pence);
  }
}
