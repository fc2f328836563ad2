import sys

sys.argv = ["neutron-api"]
from neutron.cmd.eventlet.server import main_api_eventlet

application = main_api_eventlet()
