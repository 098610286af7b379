import { formatMoney, MoneyPipe } from './money';

describe('Money', () => {
  it.each([
    [0, '£0.00'],
    [5, '£0.05'],
    [123450, '£1,234.50'],
    [-1200, '−£12.00'],
    [100_000_000_00, '£100,000,000.00'],
  ])('When there are %d pence, then it reads %s', (pence, written) => {
    expect(formatMoney(pence)).toBe(written);
  });

  it('When the amount is not known, then it is a dash and never nought', () => {
    expect(new MoneyPipe().transform(undefined)).toBe('–');
    expect(new MoneyPipe().transform(0)).toBe('£0.00');
  });
});
