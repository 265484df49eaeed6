import type { GraphQLDataSource } from '@apollo/gateway';

/** Stands for the events graph outside of subscriptions: it has no field that a query could reach. */
export class UnansweredSource implements GraphQLDataSource {
  process(): Promise<never> {
    return Promise.reject(new Error('the events graph answers subscriptions only'));
  }
}
