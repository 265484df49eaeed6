export { TimelineEntryRecord } from '@graphdesk/database';
