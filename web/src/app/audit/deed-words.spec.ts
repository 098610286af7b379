import { changesOf, deedWords, subjectWords } from './deed-words';

describe('the words of the trail', () => {
  it('When a deed has a code, then it reads as a sentence begins', () => {
    expect([deedWords('schools.member-added'), deedWords('unheard')]).toEqual(['Member added', 'Unheard']);
  });

  it('When something was changed, then only what differs is told, with before and after', () => {
    expect(changesOf({ before: { name: 'A', leadSchoolUrn: null, same: 1 }, after: { name: 'B', leadSchoolUrn: '125610', same: 1 } })).toEqual([
      { field: 'name', text: 'A → B' },
      { field: 'lead school urn', text: 'nothing → 125610' },
    ]);
    expect(changesOf({ before: null, after: { urn: '125610', days: [1] } })).toEqual([{ field: 'urn', text: '125610' }, { field: 'days', text: '[1]' }]);
    expect(changesOf({ before: null, after: null })).toEqual([]);
  });

  it('When the deed names what it was done to, then that is not said twice', () => {
    const subjects = [['sharing.charged', 'charge'], ['billing.line-matched', 'bank-line'], ['sharing.hours-given', 'hours'], ['schools.member-added', 'membership'], ['identity.signed-in', 'user']] as const;
    expect(subjects.map(([action, subjectKind]) => subjectWords({ action, subjectKind }))).toEqual(['', '', '', 'membership', 'user']);
  });
});
