import { describe, expect, it } from '@jest/globals';
import { Seats } from './seats.js';
import { streamFault } from './stream-fault.js';

describe('seats', () => {
  it('are refused to a holder who has all of them, and to nobody else', () => {
    const seats = new Seats<string>(2);
    seats.take('a');
    seats.take('a');
    expect(() => seats.take('a')).toThrow(streamFault('SUBSCRIPTION_LIMIT').message);
    expect(() => seats.take('b')).not.toThrow();
  });

  it('can be taken again once they were given back, each once', () => {
    const seats = new Seats<string>(2);
    const giveBack = seats.take('a');
    seats.take('a');
    giveBack();
    giveBack();
    seats.take('a');
    expect(() => seats.take('a')).toThrow('subscriptions');
  });
});
