import PDFDocument from 'pdfkit';

type Struct = ReturnType<PDFKit.PDFDocument['struct']>;

export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
}

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

const ink = '#1c1b19';
const quiet = '#5c5850';
const accent = '#0b5c5e';
const line = '#cfcac0';
const left = 48;
const right = 595.28 - 48;
const bottom = 841.89 - 64;

/** The standard fonts know Windows-1252 only: accents beyond it are left off, and a minus becomes a dash. */
function printable(text: string): string {
  return text
    .replaceAll('\u2212', '\u2013')
    .replace(/[^\u0000-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]/g, (sign) => sign.normalize('NFD').replace(/[^\u0020-\u007e]/g, '') || '?');
}

/** An A4 document in which every text is tagged in reading order and every rule is an artifact. */
export class PdfPage {
  readonly #doc: PDFKit.PDFDocument;
  readonly #root: Struct;
  readonly #chunks: Buffer[] = [];
  readonly #done: Promise<Buffer>;
  #y = 48;

  constructor(title: string, author: string, createdAt: Date) {
    this.#doc = new PDFDocument({
      size: 'A4', margin: 0, pdfVersion: '1.7', tagged: true, lang: 'en-GB', displayTitle: true, bufferPages: true, autoFirstPage: true,
      info: { Title: printable(title), Author: printable(author), CreationDate: createdAt },
    });
    this.#done = new Promise((resolve, reject) => {
      this.#doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
      this.#doc.on('end', () => resolve(Buffer.concat(this.#chunks)));
      this.#doc.on('error', reject);
    });
    this.#root = this.#doc.struct('Document');
    this.#doc.addStructure(this.#root);
  }

  get y(): number {
    return this.#y;
  }

  set y(value: number) {
    this.#y = value;
  }

  /** A tagged text at a place; the next one follows below when it stands at the left edge. */
  text(type: 'H1' | 'H2' | 'P', text: string, x: number, y: number, style: TextStyle = {}): number {
    return this.#write(this.#root, type, text, x, y, style);
  }

  heading(text: string): void {
    this.room(60);
    this.#y += this.text('H2', text, left, this.#y, { size: 11, bold: true, colour: accent }) + 4;
  }

  paragraph(text: string, style: TextStyle = {}): void {
    const height = this.#height(text, { width: right - left, ...style });
    this.room(height);
    this.#y += this.text('P', text, left, this.#y, { width: right - left, ...style }) + 4;
  }

  /** Starts a new page when less than this is left. @returns true when it did. */
  room(height: number): boolean {
    if (this.#y + height <= bottom) return false;
    this.#doc.addPage();
    this.#y = 48;
    return true;
  }

  rule(y: number, colour = line, width = 0.7): void {
    this.#artifact(() => this.#doc.moveTo(left, y).lineTo(right, y).lineWidth(width).strokeColor(colour).stroke());
  }

  band(y: number, height: number, colour: string): void {
    this.#artifact(() => this.#doc.rect(0, y, 595.28, height).fillColor(colour).fill());
  }

  /** A table with a head that is repeated on every page; cells wrap. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[], boldRows: ReadonlySet<number> = new Set()): void {
    const table = this.#doc.struct('Table');
    this.#root.add(table);
    this.#row(table, columns, columns.map((column) => column.title), { bold: true, head: true });
    for (const [i, cells] of rows.entries()) {
      const height = Math.max(...cells.map((cell, c) => this.#height(cell, { size: 9, width: columns[c]!.width - 8 })));
      if (this.room(height + 10)) this.#row(table, columns, columns.map((column) => column.title), { bold: true, head: true });
      this.#row(table, columns, cells, { bold: boldRows.has(i), head: false });
    }
    table.end();
  }

  /** Ends the document with page numbers and gives its bytes. */
  async finish(footer: string): Promise<Buffer> {
    const { count } = this.#doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.#doc.switchToPage(page);
      this.#artifact(() => {
        const text = printable(`${footer} · page ${page + 1} of ${count}`);
        this.#doc.font('Helvetica').fontSize(8).fillColor(quiet).text(text, left, 841.89 - 40, { width: right - left, align: 'center', lineBreak: false });
      });
    }
    this.#root.end();
    this.#doc.end();
    return this.#done;
  }

  #row(table: Struct, columns: readonly Column[], cells: readonly string[], look: { bold: boolean; head: boolean }): void {
    const row = this.#doc.struct('TR');
    table.add(row);
    let x = left;
    let height = 0;
    for (const [c, cell] of cells.entries()) {
      const { width, align = 'left' } = columns[c]!;
      const style: TextStyle = { size: look.head ? 8 : 9, bold: look.bold, width: width - 8, align, colour: look.head ? quiet : ink };
      height = Math.max(height, this.#write(row, look.head ? 'TH' : 'TD', cell, align === 'right' ? x + 8 : x, this.#y + 5, style));
      x += width;
    }
    row.end();
    this.#y += height + 10;
    this.rule(this.#y, look.head ? ink : line, look.head ? 0.9 : 0.5);
  }

  #write(parent: Struct, type: string, text: string, x: number, y: number, style: TextStyle): number {
    const { width = right - x, align = 'left' } = style;
    const element = this.#doc.struct(type);
    parent.add(element);
    element.add(this.#doc.markStructureContent(type));
    this.#font(style).fillColor(style.colour ?? ink).text(printable(text) || ' ', x, y, { width, align, lineGap: 1.5 });
    this.#doc.endMarkedContent();
    element.end();
    return this.#height(text, { ...style, width });
  }

  #height(text: string, style: TextStyle): number {
    return this.#font(style).heightOfString(printable(text) || ' ', { width: style.width ?? right - left, lineGap: 1.5 });
  }

  #font({ size = 10, bold = false }: TextStyle): PDFKit.PDFDocument {
    return this.#doc.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
  }

  #artifact(draw: () => void): void {
    this.#doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.#doc.endMarkedContent();
  }
}
