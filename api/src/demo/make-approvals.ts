import { addDays } from '@fairshare/domain/kernel/period';
import type { Story } from './story.js';

/** Something above the limit that one person asked for and another has to approve. */
export async function makeApprovals(story: Story): Promise<void> {
  await story.financeOfficer.on(undefined).post(`${story.at}/charges`, {
    kind: 'expense', description: 'Fitting out the shared sensory room', pence: 640_000, serviceFrom: addDays(story.today, -10), serviceTo: addDays(story.today, -3),
  });
}
