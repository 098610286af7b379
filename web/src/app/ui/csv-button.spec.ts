import { byRole, click, expectAccessible, render } from '../../testing/screen';
import { CsvButton, toCsv } from './csv-button';

describe('CSV', () => {
  it('When cells hold commas, quotes or formulas, then a spreadsheet reads them as text', () => {
    const csv = toCsv(['School', 'Share'], [['St Mary’s, "A"', 12.5], ['=SUM(A1)', -3], [null, undefined], ['-x\ny', 0]]);
    expect(csv).toBe(`\uFEFFSchool,Share\r\n"St Mary’s, ""A""",12.5\r\n'=SUM(A1),-3\r\n,\r\n"'-x\ny",0\r\n`);
  });

  it('When an amount is below zero, then it stays a number that adds up', () => {
    expect(toCsv(['Share in pounds'], [['-12.50'], ['-3'], ['-2/3'], ['-1+1']])).toBe(`\uFEFFShare in pounds\r\n-12.50\r\n-3\r\n'-2/3\r\n'-1+1\r\n`);
  });

  it('When the button is pressed, then a file of that name is downloaded and rows are asked for only then', async () => {
    let asked = 0;
    const made: Blob[] = [];
    URL.createObjectURL = (blob: Blob) => (made.push(blob), 'blob:x');
    URL.revokeObjectURL = () => undefined;
    let name = '';
    const original = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      name = this.download;
    };
    try {
      const fixture = await render(CsvButton, { name: 'shares', header: ['a'], rows: () => (asked++, [['1']]) });
      expect(asked).toBe(0);
      await click(byRole('button', 'Download CSV'), fixture);
      expect([asked, name, made.length]).toEqual([1, 'shares.csv', 1]);
      await expectAccessible();
    } finally {
      HTMLAnchorElement.prototype.click = original;
    }
  });
});
