/** Before the first journey: what all of them begin with. */
import { preparedProfile } from './support/preparedProfile.ts';

export default preparedProfile;
