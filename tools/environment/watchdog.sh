#!/bin/sh
# Ends what its parent started once the parent is gone, however it went: standard input is a pipe the parent holds open,
# so the loop below ends with the parent, even after SIGKILL. Lines it understands:
#   process PID:SIGNAL   end PID's group with SIGNAL  ended PID      PID is gone, forget it
#   folder PATH          remove PATH at the end       removed PATH   PATH is gone, forget it
newline='
'
processes=''
folders=''
while IFS= read -r line; do
  what=${line#* }
  case ${line%% *} in
    process) processes="$processes $what" ;;
    folder) folders="$folders$what$newline" ;;
    ended)
      left=''
      for entry in $processes; do [ "${entry%%:*}" = "$what" ] || left="$left $entry"; done
      processes=$left
      ;;
    removed)
      left=''
      IFS=$newline
      for folder in $folders; do [ "$folder" = "$what" ] || left="$left$folder$newline"; done
      unset IFS
      folders=$left
      ;;
  esac
done

for entry in $processes; do
  kill -s "${entry#*:}" -- "-${entry%%:*}" 2>/dev/null
  kill -s CONT -- "-${entry%%:*}" 2>/dev/null
done
tries=0
alive=$processes
while [ -n "$alive" ] && [ $tries -lt 50 ]; do
  alive=''
  for entry in $processes; do kill -0 -- "-${entry%%:*}" 2>/dev/null && alive="$alive ${entry%%:*}"; done
  tries=$((tries + 1))
  [ -z "$alive" ] || sleep 0.1
done
for pid in $alive; do kill -s KILL -- "-$pid" 2>/dev/null; done
IFS=$newline
for folder in $folders; do rm -rf -- "$folder"; done
