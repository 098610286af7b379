import { changesOf, deedWords } from './deed-words';

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
});
