import { agreementDraftOf, newAgreement, termsOf } from './agreement-draft';
import { bandsInWords, nextStep, noticeInWords, priceInWords, ruleInWords, unitsInWords } from './procurement-words';
import { milliunitsOf } from './subscription-dialog';

const rule = { parts: null, groups: null, leavers: 'to-date' as const, capBasisPoints: null, capPence: null, floorPence: null, censusOn: null };

describe('terms in plain words', () => {
  it('When a rule has parts, caps and floors, then one sentence says all of it', () => {
    expect(ruleInWords({ ...rule, basis: 'equal' })).toBe('Equally');
    expect(
      ruleInWords({
        ...rule, basis: 'groups', leavers: 'end-of-term',
        groups: [{ name: 'North', basisPoints: 6000, urns: ['125556', '125562'], basis: 'pupils' }, { name: 'South', basisPoints: 4000, urns: ['125571'], basis: 'equal' }],
      }),
    ).toBe('60 % North (2 schools, by pupil numbers) and 40 % South (1 school, equally); a school that leaves pays to the end of that term');
    expect(ruleInWords({ ...rule, basis: 'parts', parts: [{ basis: 'equal', basisPoints: 3000 }, { basis: 'pupils', basisPoints: 7000 }], capBasisPoints: 4000 })).toBe(
      '30 % equally and 70 % by pupil numbers; no school bears more than 40 % of a charge',
    );
  });

  it('When bands are listed, then each says from when and how much', () => {
    expect(bandsInWords([])).toEqual(['Cancelling never costs anything.']);
    expect(bandsInWords([{ atLeastWorkingDays: 5, chargeBasisPoints: 0 }, { atLeastWorkingDays: 1, chargeBasisPoints: 5000 }, { atLeastWorkingDays: 0, chargeBasisPoints: 10_000 }])).toEqual([
      '5 working days before or more: free.', '1 working day before or more: 50 % of the price.', 'Later than that, or on the day: the whole price.',
    ]);
  });

  it('When units, prices and notice are written, then as people say them', () => {
    expect(unitsInWords(9500, 'day')).toBe('9.5 days');
    expect(unitsInWords(1000, 'half-day')).toBe('1 half day');
    expect(milliunitsOf('9.5')).toBe(9500);
    expect(milliunitsOf('9,5')).toBeUndefined();
    expect(priceInWords({ priceBasis: 'session', pricePence: 4200, retainerPence: 960_000, unit: 'session' })).toBe('£9,600.00 retainer + £42.00 per session');
    expect(noticeInWords({ hours: 24 })).toBe('At least 24 hours ahead.');
    expect(nextStep({ state: 'act-now', startsOn: '2025-09-01', endsOn: '2027-01-31', triggerOn: '2026-11-01', noticeBy: '2026-12-31' })).toBe('Begin to replace it now: notice has to be given by Thu 31 Dec 2026.');
  });
});

describe('an agreement as it is written', () => {
  it('When nothing is chosen yet, then what is missing is named beside its field', () => {
    expect(termsOf(newAgreement(), undefined).faults).toEqual({
      serviceId: 'Choose a service.', supplierId: 'Choose a supplier.', pricePence: 'Say what one unit is priced at; only a retainer goes without.',
    });
  });

  it('When numbers, times and amounts cannot be read, then each says how to write it', () => {
    const { faults } = termsOf({ ...newAgreement(), noticeDays: 'three', morningStart: '9', retainerPounds: '12,5', bands: [{ days: '', percent: '0' }] }, undefined);
    expect(faults).toMatchObject({
      noticeDays: 'Write a whole number.', 'morning.startMinute': 'Write a time such as 09:00.', retainerPence: 'Write an amount such as 1,250.00.', 'cancellationBands.0.atLeastWorkingDays': 'Write a whole number.',
    });
  });

  it('When an agreement is read and written back, then its terms are the same', () => {
    const kept = {
      id: '1', name: 'Counselling', service: { id: 's', name: 'Counselling', kind: 'counselling' as const, colour: 'green' as const, forStaff: false },
      supplier: { id: 'p', name: 'Bell', kind: 'company' as const, schoolUrn: null }, startsOn: '2026-09-01', endsOn: '2027-08-31', noticeDays: 91, leadTimeDays: 56,
      triggerOn: '2027-04-06', noticeBy: '2027-06-01', state: 'running' as const, priceBasis: 'session' as const, pricePence: 4200, prices: [], priceAt: 'order' as const, unit: 'session' as const,
      retainerPence: 960_000, instalmentPlan: 'monthly-12' as const, minimumCommitmentMilliunits: 9500, cancellationBands: [{ atLeastWorkingDays: 5, chargeBasisPoints: 0 }], needsApproval: true,
      objectionDays: 5, minimumNotice: { hours: 12 }, horizonDays: 90, lengthsMinutes: [50, 90], stepMinutes: null, morning: { startMinute: 540, endMinute: 720 },
      afternoon: { startMinute: 780, endMinute: 960 }, beforeMinutes: 5, afterMinutes: 10, payAsYouGo: false, requiredCredentials: ['insurance'], baseline: { name: 'Alone', pricePence: 5500, method: 'list-price' as const },
      specialistIds: ['x'], subscriptions: [], rules: [], instalments: [],
    };
    const { terms, faults } = termsOf(agreementDraftOf(kept), kept);
    expect(faults).toEqual({});
    const { id: _id, service, supplier, triggerOn: _t, noticeBy: _n, state: _s, pricePence: _p, prices: _ps, subscriptions: _su, rules: _r, instalments: _i, ...same } = kept;
    expect(terms).toEqual({ ...same, serviceId: service.id, supplierId: supplier.id });
  });
});
