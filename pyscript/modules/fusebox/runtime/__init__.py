"""What every script needs: ports to Home Assistant, files, a store over reloads, live values, a throttled log."""
