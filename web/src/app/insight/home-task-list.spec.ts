import { describe, expect, it } from '@jest/globals';
import type { Booking } from '@fairshare/contract/bookings.js';
import type { Worklist } from '@fairshare/contract/board.js';
import { approvals, credentials, overdue, toConfirm, toReplan } from './home-task-list';

const booking = (id: string, ...actions: Booking['actions']) =>
  ({ id, actions, serviceName: 'Counselling', schools: [{ urn: '125565', name: 'Brookhurst' }], startsAt: '2026-12-09T08:55:00Z', endsAt: '2026-12-09T09:45:00Z' }) as unknown as Booking;
const overtaken = (id: string, ...actions: Booking['actions']) => ({ ...booking(id, ...actions), why: 'The specialist is away then.', dueOn: '2026-12-23' }) as unknown as Worklist['items'][number];

describe('What waits on Home', () => {
  it('When a session of another school has been overtaken, then it does not wait for whoever cannot move it', () => {
    expect(toReplan({ items: [overtaken('a')] })).toEqual([]);
    expect(toReplan({ items: [overtaken('a'), overtaken('b', 'move')] })).toEqual([
      expect.objectContaining({ title: 'Counselling, Brookhurst, needs another time', detail: 'The specialist is away then. It has to take place by Wed 23 Dec 2026.', pressing: true }),
    ]);
  });

  it('When more than three requests wait, then three are told and the rest is counted', () => {
    const items = ['a', 'b', 'c', 'd', 'e'].map((id) => booking(id, 'approve'));
    expect(approvals({ items, total: 5 }).map(({ title }) => title)).toEqual(['Counselling for Brookhurst', 'Counselling for Brookhurst', 'Counselling for Brookhurst', '2 more requests to approve']);
  });

  it('When more sessions wait than one page holds, then those beyond it are counted too', () => {
    const items = [booking('a', 'deliver'), booking('b', 'deliver'), booking('c', 'deliver'), booking('not over yet')];
    expect(toConfirm({ items, total: 204 }).at(-1)).toMatchObject({ title: '200 more sessions to confirm' });
  });

  it('When an invoice is overdue, then the school reads what it has to pay, and who keeps the books what is to come', () => {
    expect(overdue({ total: 1, outstandingPence: 28009 }, true)[0]).toMatchObject({ title: '1 invoice is overdue', detail: 'Your school has £280.09 left to pay' });
    expect(overdue({ total: 2, outstandingPence: 55320 }, false)[0]).toMatchObject({ title: '2 invoices are overdue', detail: '£553.20 is still to come' });
    expect(overdue({ total: 0, outstandingPence: 0 }, false)).toEqual([]);
  });

  it('When a credential has run out, then it presses; when it is valid, then nothing is said', () => {
    const specialist = { id: 's', name: 'Dr Anita Patel', standing: 'expired', credentials: [{ state: 'expired', expiresOn: '2026-11-01' }] };
    expect(credentials([specialist] as never)[0]).toMatchObject({ pressing: true, title: 'A credential of Dr Anita Patel has run out', detail: 'It ran out on Sun 1 Nov 2026. Nobody can book until it is renewed.' });
    expect(credentials([{ ...specialist, standing: 'valid' }] as never)).toEqual([]);
  });
});
