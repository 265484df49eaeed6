/** What the tabs hold for somebody who opens the IDE for the first time. A spec validates each against the graph. */
export const SAMPLE_OPERATIONS = [
  `# Everything about the newest incidents, from five services in one answer. Run it with Ctrl-Enter.
query NewestIncidents {
  incidents(first: 5) {
    edges {
      node {
        number
        title
        state
        priority
        service {
          name
          ownerTeam {
            name
          }
        }
        slaClocks {
          measure
          state
          dueAt
        }
        suspectedChanges {
          confidence
          change {
            title
          }
        }
      }
    }
  }
}
`,
  `# Runs until you stop it: one message per event. Each message's extensions.cursor is a place to resume from.
subscription WatchIncidents {
  incidentChanged {
    kind
    revision
    occurredAt
    incident {
      number
      title
      state
      priority
      service {
        name
      }
    }
  }
}
`,
];
