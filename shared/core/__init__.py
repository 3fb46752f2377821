"""Words every concept uses: money, time, identity, refusals, columns, paper."""
